"""Exercises that check themselves: what is to be made, and what is still missing in what a learner made.

One module a subject. An exercise looks at the documents, calls, functions and applications that the learner keeps in
variables, and tries them out in a simulated world of its own; the notebook's world stays as it is. No module holds an
answer: the tests have one for every exercise, and answers that are wrong in the usual ways.
"""

from collections.abc import Mapping

from . import (
    agents,
    crowds,
    dialing,
    first_call,
    live,
    maps_and_forks,
    media,
    menus,
    own_code,
    phones,
    placing,
    recording,
    rooms,
    trouble,
    twiml,
    web,
)
from ._exercise import Exercise, Goal, Verdict
from ._list import ExerciseList, list_exercises
from ._progress import PROGRESS_FILE, Progress, Tries, describe_progress, find_hints

__all__ = [
    "EXERCISES",
    "NOTEBOOKS",
    "PROGRESS_FILE",
    "Exercise",
    "ExerciseList",
    "Goal",
    "Progress",
    "Tries",
    "Verdict",
    "describe_progress",
    "find_hints",
    "list_exercises",
]

_SUBJECTS = {
    "00-first-call": first_call,
    "01-twiml-in-a-cell": twiml,
    "02-placing-calls": placing,
    "03-gather-and-menus": menus,
    "04-webhooks-with-flask": web,
    "05-recording-and-voicemail": recording,
    "06-dial-and-transfer": dialing,
    "07-conferences-and-queues": rooms,
    "08-forms-and-softphone": phones,
    "09-when-things-go-wrong": trouble,
    "10-going-live": live,
    "11-your-own-application": own_code,
    "12-voice-agents": agents,
    "13-media-streams": media,
    "14-dialogs-and-maps": maps_and_forks,
    "15-many-callers": crowds,
}

#: Every exercise by its name, in the order of the notebooks.
EXERCISES: Mapping[str, Exercise] = {
    each.name: each for subject in _SUBJECTS.values() for each in subject.EXERCISES
}

#: The notebook of each exercise, by the name of the exercise.
NOTEBOOKS: Mapping[str, str] = {
    each.name: notebook for notebook, subject in _SUBJECTS.items() for each in subject.EXERCISES
}
