"""The Twimlets: documents that Twilio makes of the parameters in their address.

Sources: Twilio's pages "Twimlets"; their first release in PHP (2012), and Twilio's "funlets", which follow them. The
words are our own where they have none to follow.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from ...twiml import Node, write_document
from ._not_found import answer_not_found
from ._twimlet_dialing import ask_to_accept, forward_call, ring_all, ring_in_turn
from ._twimlet_document import Redirected
from ._twimlet_request import TwimletRequest
from ._twimlet_speaking import (
    join_conference,
    offer_menu,
    play_hold_music,
    speak_message,
    take_voicemail,
)

TWIMLET_HOSTS = frozenset({"twimlets.com", "www.twimlets.com"})
_Answer = Node | Redirected | str | None


def echo_document(request: TwimletRequest) -> str:
    """The document in ``Twiml``, as it is."""
    return request.text("Twiml")


_TWIMLETS: Mapping[str, Callable[[TwimletRequest], _Answer]] = {
    "echo": echo_document,
    "message": speak_message,
    "voicemail": take_voicemail,
    "holdmusic": play_hold_music,
    "forward": forward_call,
    "menu": offer_menu,
    "simulring": ring_all,
    "findme": ring_in_turn,
    "whisper": ask_to_accept,
    "conference": join_conference,
}


def answer_twimlet(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """Answer, as the web application at twimlets.com."""
    from werkzeug import Request, Response

    request = Request(environ)
    twimlet = _TWIMLETS.get(request.path.strip("/").removesuffix(".php"))
    if twimlet is None:
        sentence = f"the simulator has the Twimlets {', '.join(_TWIMLETS)}, and not {request.path}"
        return answer_not_found(environ, start_response, sentence)
    response = Response(*_write(twimlet(TwimletRequest(request))))
    return response(environ, start_response)


def _write(answer: _Answer) -> tuple[bytes | str, int, dict[str, str]]:
    """The body, status and headers of *answer*."""
    if isinstance(answer, Redirected):
        return "", 302, {"Location": answer.url}
    document = {"Content-Type": "text/xml"}
    if answer is None or isinstance(answer, str):
        return answer or "", 200, document
    return write_document(answer), 200, document
