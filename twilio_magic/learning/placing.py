"""Exercises of placing calls: how long a phone rings, and what is reported meanwhile."""

from __future__ import annotations

from ._answer import Answer, Missing
from ._exercise import Exercise, Goal
from ._goals import call


def _rings_twenty_seconds(answer: Answer) -> None:
    at = {event.kind: event.at for event in answer.call("patient").timeline}
    if "ringing" not in at:
        raise Missing("That phone did not ring.", hint="Its script is `ring 60`, for example.")
    rang = at["no answer"] - at["ringing"]
    if round(rang) != 20:
        raise Missing(
            f"It rang for {rang:g} s.", hint="The option is `--timeout`; Tab lists them all."
        )


_STEPS = ["initiated", "ringing", "in-progress", "completed"]


def _is_told_of_every_step(answer: Answer) -> None:
    reports = [
        request.parameters["CallStatus"]
        for request in answer.call("followed").webhooks
        if request.purpose == "status callback"
    ]
    if not reports:
        raise Missing("Nothing was reported.", hint="Where to report is `--status-callback`.")
    untold = [step for step in _STEPS if step not in reports]
    if untold:
        raise Missing(
            f"Reported were {', '.join(reports)}; not {', '.join(untold)}.",
            hint="`--status-callback-event` may be given several times.",
        )


EXERCISES = (
    Exercise(
        "patience",
        "Twenty seconds of patience",
        "Call a phone that rings for a minute before anybody answers, but let it ring for twenty seconds only. Keep "
        "the call as `patient`.",
        (
            call(
                "patient",
                status="no-answer",
                hint="The script of the phone says how long it rings: `ring 60`. `--timeout` is the caller's patience.",
            ),
            Goal("the phone rang for twenty seconds", _rings_twenty_seconds),
        ),
    ),
    Exercise(
        "every-step",
        "Every step of a call",
        "Place a call that completes, and let Twilio report all four steps of it (initiated, ringing, answered, "
        "completed) to `https://demo.twilio.com/welcome/voice/`. Keep the call as `followed`.",
        (
            call("followed", status="completed"),
            Goal("all four steps were reported", _is_told_of_every_step),
        ),
    ),
)
