"""The record of a request, as timelines and people have it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from ...secret import mask_sign_in, mask_user_info
from ...timeline import Exchange
from ..mounts._fields import Headers

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ...secret import Secret
    from ._client import Attempt, Delivery


def exchange_of(
    purpose: str, delivery: Delivery, attempt: Attempt, at: float, number: int, secret: Secret
) -> Exchange:
    """The record of *attempt*, the one with this *number*, at *delivery*: without what signs in anywhere.

    *secret* is the auth token of the account, which an application's errors may repeat.
    """
    failure, has_sign_in = attempt.failure, "@" in delivery.url
    hide = partial(mask_sign_in, url=delivery.url) if has_sign_in else mask_user_info
    raised = attempt.raised
    return Exchange(
        at=at,
        purpose=purpose,
        method=delivery.method,
        url=mask_user_info(delivery.url.partition("#")[0]),
        parameters=delivery.form,
        headers=attempt.headers,
        status=attempt.status,
        reply=hide(attempt.reply),
        content_type=attempt.content_type,
        seconds=attempt.seconds,
        attempt=number,
        redirects=tuple(map(hide, attempt.redirects)),
        fault=attempt.fault,
        reply_headers=_hide_in(attempt.reply_headers, hide),
        code=failure.code if failure else None,
        error=secret.mask_in(hide(failure.reason)) if failure else None,
        traceback=secret.mask_in(hide(raised.traceback)) if raised else "",
        elapsed=attempt.elapsed,
    )


def _hide_in(headers: Mapping[str, str], hide: Callable[[str], str]) -> Mapping[str, str]:
    """*headers* with their values as *hide* makes them; they themselves where it changes none, as nearly always."""
    hidden = {name: hide(value) for name, value in headers.items()}
    unchanged = all(hidden[name] is value for name, value in headers.items())
    return headers if unchanged else Headers(hidden.items())
