"""The recordings of an account, at the addresses where, as at Twilio, whoever knows one can hear them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from ...api import API_VERSION

if TYPE_CHECKING:
    from ..world._account import Account


def base_of(account: Account) -> str:
    """The address below which all that is the *account*'s stands."""
    return f"https://api.twilio.com/{API_VERSION}/Accounts/{account.sid}"


def media(account: Account) -> Callable[[dict[str, Any], Any], Iterable[bytes]]:
    """A web application that answers below :func:`base_of` with the sound of recordings, and with nothing else."""

    def app(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        from werkzeug import Response

        name = environ["PATH_INFO"].removesuffix(".wav").removesuffix(".mp3")
        recording = account.recordings.get(name.removeprefix("/Recordings/"))
        if recording is None or recording.status != "completed":
            response = Response("There is no such recording.", 404, mimetype="text/plain")
        else:
            response = Response(recording.wav(), mimetype="audio/wav")
        return response(environ, start_response)

    return app
