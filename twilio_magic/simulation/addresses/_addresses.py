"""Which of Twilio's public addresses the simulator answers at: all of them, so that none is looked up for real."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlsplit

from ...hosts import is_twilio
from ._music import answer_music, is_music
from ._not_found import answer_not_found
from ._samples import SAMPLE_HOSTS, answer_sample
from ._twimlets import TWIMLET_HOSTS, answer_twimlet

_BIN_HOST = "handler.twilio.com"
_WebApp = Callable[..., Iterable[bytes]]


def find_public_application(url: str) -> _WebApp | None:
    """The web application at *url*, if that is an address of Twilio's; ``None`` for all others."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").removesuffix(".")
    except ValueError:  # it is no address at all
        return None
    if host in SAMPLE_HOSTS:
        return answer_sample
    if host in TWIMLET_HOSTS:
        return answer_twimlet
    if is_music(host, parts.path):
        return answer_music
    return _nothing if is_twilio(host) else None


def _nothing(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """Answer for an address of Twilio's at which the simulator has nothing."""
    host, path = environ["SERVER_NAME"], environ["PATH_INFO"]
    if host == _BIN_HOST and not path.startswith("/twiml/"):
        sentence = f"a document that is hosted here has no server that could answer at {path}"
    else:
        sentence = (
            f"the simulator has nothing at {host}{path}, and nothing of Twilio's is real here: "
            "simulator.host(document, at=…) puts a document there"
        )
    return answer_not_found(environ, start_response, sentence)
