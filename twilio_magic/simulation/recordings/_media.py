"""The sound of recordings at their media URLs, which, as at Twilio, anybody who knows one can hear."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from ...api import API_VERSION

if TYPE_CHECKING:
    from ._recording import Recording


def base_of(account_sid: str) -> str:
    """The URL below which the API has the resources of the account with this sid."""
    return f"https://api.twilio.com/{API_VERSION}/Accounts/{account_sid}"


def media(
    recordings: Mapping[str, Recording],
) -> Callable[[dict[str, Any], Any], Iterable[bytes]]:
    """A web application that answers below :func:`base_of` with the sound of *recordings*, and with nothing else."""

    def app(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        from werkzeug import Response

        name = environ["PATH_INFO"].removesuffix(".wav").removesuffix(".mp3")
        recording = recordings.get(name.removeprefix("/Recordings/"))
        if recording is None or recording.status != "completed":
            response = Response("There is no such recording.", 404, mimetype="text/plain")
        else:
            response = Response(recording.wav(), mimetype="audio/wav")
        return response(environ, start_response)

    return app
