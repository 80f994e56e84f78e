"""Exercises of the first notebook: a document, a call, and a phone that is busy."""

from __future__ import annotations

from ._answer import Answer, Missing
from ._exercise import Exercise, Goal
from ._goals import call, document, hears
from ._sandbox import of_document

_HOURS = of_document("hours")
_CALLER, _CALLED = "+12125551234", "+13105555555"


def _waits_before_goodbye(answer: Answer) -> None:
    verbs = list(answer.document("hours").verbs)
    names = [verb.name for verb in verbs]
    if "Pause" not in names:
        raise Missing("Nothing waits between the two sentences.", hint="<Pause> does.")
    waiting = verbs[names.index("Pause")]
    if waiting["length"] != 2:
        raise Missing(f"<Pause> waits {waiting['length']} s.", hint="Its attribute is `length`.")
    if not 0 < names.index("Pause") < len(names) - 1:
        raise Missing("<Pause> does not stand between the two sentences.")


def _goes_where_it_should(answer: Answer) -> None:
    made = answer.call("attempt")
    if (made.from_, made.to) != (_CALLER, _CALLED):
        raise Missing(
            f"`attempt` goes from {made.from_} to {made.to}.",
            hint=f"`%call {_CALLED} --from {_CALLER} …`",
        )


EXERCISES = (
    Exercise(
        "opening-hours",
        "Opening hours",
        "Write a document called `hours`. It says “We open at nine”, waits two seconds, and says “Goodbye”.",
        (
            document("hours"),
            hears(_HOURS, "we open at nine", who="the caller"),
            Goal("two seconds of silence between the sentences", _waits_before_goodbye),
            hears(_HOURS, "goodbye", who="the caller"),
        ),
    ),
    Exercise(
        "busy-line",
        "The line is busy",
        f"Call {_CALLED} from {_CALLER} with any document, while the phone there is busy, and keep the call "
        "as `attempt`.\n\n"
        "`--phone` says what the phone does, and `--out attempt` keeps the call.",
        (
            call("attempt", status="busy", hint="The script of a phone may be `busy`."),
            Goal(f"it goes from {_CALLER} to {_CALLED}", _goes_where_it_should),
        ),
    ),
)
