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

__all__ = ["EXERCISES", "Exercise", "Goal", "Verdict"]

_SUBJECTS = (
    first_call,
    twiml,
    placing,
    menus,
    web,
    recording,
    dialing,
    rooms,
    phones,
    trouble,
    live,
    own_code,
    agents,
    media,
    maps_and_forks,
    crowds,
)

#: Every exercise by its name, in the order of the notebooks.
EXERCISES: Mapping[str, Exercise] = {
    each.name: each for subject in _SUBJECTS for each in subject.EXERCISES
}
