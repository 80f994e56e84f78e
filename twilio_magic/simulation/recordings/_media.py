"""The sound of recordings at their media URLs, which, as at Twilio, are public."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ._recording import Recording


def media(recordings: Mapping[str, Recording]) -> Callable[[dict[str, Any], Any], Iterable[bytes]]:
    """A web application, to be mounted at the account's URL, that answers with the sound of *recordings* by sid.

    It raises :class:`NotInstalled` for an MP3 without the encoder, which a call that asks for it tells.
    """

    def app(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        from werkzeug import Response

        path = environ["PATH_INFO"]
        name = path.removesuffix(".wav").removesuffix(".mp3")
        recording = recordings.get(name.removeprefix("/Recordings/"))
        if recording is None or recording.status != "completed":
            response = Response("There is no such recording.", 404, mimetype="text/plain")
        elif path.endswith(".mp3"):
            response = Response(recording.mp3(), mimetype="audio/mpeg")
        else:
            response = Response(recording.wav(), mimetype="audio/wav")
        return response(environ, start_response)

    return app
