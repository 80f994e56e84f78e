"""Exercises of going live, without going live: a request that is not sent, and what a trial account refuses."""

from __future__ import annotations

from ..api import Request, error_code
from ..errors import ApiError, RequestError
from ._answer import Answer, Missing
from ._exercise import Exercise, Goal
from ._sandbox import CALLED

_LONGEST = 60  # seconds
_STRANGER = "+14155550100"


def _request(answer: Answer) -> Request:
    hint = "`%call … --dry-run --out careful`, or `careful = client.calls.prepare(…)`."
    request = answer.of_kind("careful", Request, "a request", hint=hint)
    if request.first("To") != CALLED:
        raise Missing(f"It calls {request.first('To')}, not {CALLED}.")
    return request


def _is_limited(answer: Answer) -> None:
    limit = _request(answer).first("TimeLimit")
    if not limit:
        raise Missing("It has no limit: the call may last for hours.", hint="See `--time-limit`.")
    if int(limit) > _LONGEST:
        raise Missing(f"Its limit is {limit} s.", hint="See `--time-limit`.")


def _is_refused(answer: Answer) -> None:
    hint = f"Call {_STRANGER}, say: `try: … except tm.ApiError as error: refused = error`"
    kinds: tuple[type[ApiError | RequestError], ...] = (ApiError, RequestError)
    refused = answer.of_kind("refused", kinds, "an error", hint=hint)
    if refused.code != error_code("to-not-verified").code:
        raise Missing(
            f"That one is {refused}.",
            hint=f"Call a number that nobody verified, such as {_STRANGER}.",
        )


EXERCISES = (
    Exercise(
        "careful-request",
        "A careful request",
        f"Prepare a call to {CALLED} that lasts a minute at most, and do not send it. Keep it as `careful`.",
        (
            Goal(f"a request of a call to {CALLED}, kept as `careful`", _request),
            Goal("a call of a minute at most", _is_limited),
        ),
    ),
    Exercise(
        "trial-account",
        "What a trial account refuses",
        'Make a world with a trial account, `tm.Simulator(profile="trial")`, and a client for it. Let it call a number '
        "that nobody verified, and keep the error as `refused`.",
        (Goal("the error of a call to a number that is not verified, in `refused`", _is_refused),),
    ),
)
