"""Exercises of recording: a message that may not be long, and a whole call on two channels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ._answer import Answer, Missing
from ._exercise import Exercise, Goal
from ._goals import call, document, hears, sends
from ._sandbox import of_document

if TYPE_CHECKING:
    from ..api import Call

_ANSWERING = of_document("answering", message="<Say>Thank you.</Say>")
_BRIEF = 'hear beep; say "This is Ann."; press *; wait 3; hang up'
_ENDLESS = f'hear beep; say "{"And another thing. " * 40}"; hang up'


def _ends_after_twenty_seconds(answer: Answer) -> None:
    kept = _recorded_seconds(_ANSWERING(answer, _ENDLESS))
    if kept > 20.5:
        raise Missing(f"The message may be {kept:g} s long.", hint="<Record> has `maxLength`.")
    if kept < 19:
        raise Missing(
            f"The message ends after {kept:g} s already.", hint="<Record> has `maxLength`."
        )


def _recorded_seconds(made: Call) -> float:
    recordings = made.recordings.list()
    if not recordings:
        raise Missing("Nothing is recorded.", hint="<Record> records.")
    return float(recordings[0].duration or 0)


def _has_two_channels(answer: Answer) -> None:
    recordings = answer.call("kept").recordings.list()
    if not recordings:
        raise Missing(
            "That call was not recorded.", hint="`record=True`, or the option `--record`."
        )
    if recordings[0].channels != 2:
        raise Missing(
            "The recording has one channel.",
            hint="`recording_channels=…`, or the option `--recording-channels`.",
        )


EXERCISES = (
    Exercise(
        "short-message",
        "Twenty seconds, please",
        "Write a document called `answering` that asks for a message and records it. A message has at most twenty "
        "seconds, the key `*` ends it, and its `action` is `/message`.",
        (
            document("answering"),
            sends(
                _ANSWERING,
                "/message",
                phone=_BRIEF,
                who="the key *",
                hint="<Record> has `finishOnKey`, and `action` for what is requested then.",
                Digits="*",
            ),
            hears(_ANSWERING, "thank you", phone=_BRIEF, who="whoever left a message"),
            Goal("a message has twenty seconds", _ends_after_twenty_seconds),
        ),
    ),
    Exercise(
        "two-channels",
        "One channel for each party",
        "Place a call that is recorded from the answer to its end, with one channel for each party, and keep it as "
        "`kept`.",
        (
            call("kept", status="completed"),
            Goal("its recording has two channels", _has_two_channels),
        ),
    ),
)
