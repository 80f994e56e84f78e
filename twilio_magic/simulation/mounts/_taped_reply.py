"""The replies of web applications on a tape: kept as they are read, and given again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import field
from typing import TYPE_CHECKING, Any

from requests.structures import CaseInsensitiveDict

from ...records import dataclass
from ._app_answer import AppAnswer, PlainResponse
from ._fields import Headers
from ._wsgi import header_text, to_raw_response

if TYPE_CHECKING:
    from requests import PreparedRequest, Response

#: The attribute of a prepared request with the form that its body is.
FORM = "form_sent"
#: The one with all its headers, where they are shown, too.
SHOWN = "shown_headers"
#: Headers that say how a body was packed: what is kept of it is unpacked.
_PACKING = ("content-encoding", "transfer-encoding", "content-length")


@dataclass(slots=True)
class TapedReply:
    """A reply: its *status*, *headers* and *body*, as far as it was read, or the *error* in its place or at its end.

    It *took* simulated seconds; *raised* and *logged* are what the application left behind, and *tried* the hosts of
    Twilio that it tried to reach.
    """

    status: int = 0
    reason: str = ""
    headers: Sequence[tuple[str, str]] = ()
    body: bytes | bytearray = field(default_factory=bytearray)
    took: float = 0.0
    raised: Any = None
    logged: str = ""
    error: BaseException | None = None
    tried: tuple[str, ...] = ()


def asked_by(request: PreparedRequest) -> tuple[Any, ...]:
    """What names *request*: all that is sent. The form of a webhook stands for its body, and takes less room."""
    form, headers = getattr(request, FORM, None), getattr(request, SHOWN, None)
    body = request.body if form is None else form
    return request.method, request.url, headers or headers_of(request), body


def headers_of(request: PreparedRequest) -> Headers:
    """The headers of *request*."""
    return Headers([(name, header_text(value)) for name, value in request.headers._store.values()])


def keep_reply(reply: TapedReply, response: Response) -> Response:
    """*response*, of which what is read is kept in *reply*."""
    raw = response.raw
    reply.status, reply.reason = response.status_code, response.reason or ""
    is_plain = isinstance(response, PlainResponse)
    reply.headers = raw.headers if is_plain else tuple(raw.headers.items())
    reply.took, reply.logged = getattr(raw, "took", 0.0), getattr(raw, "logged", "")
    reply.raised = getattr(raw, "raised", None)
    if is_plain:
        reply.body = raw.body
        return response
    read, body = raw.stream, bytearray()
    reply.body = body

    def stream(*args: Any, **kwargs: Any) -> Iterator[bytes]:
        try:
            for chunk in read(*args, **kwargs):
                body.extend(chunk)
                yield chunk
        except GeneratorExit:
            raise
        except BaseException as error:
            reply.error = error
            raise

    raw.stream = stream
    return response


def give_reply(reply: TapedReply, wrap: Callable[[Any], Response]) -> Response:
    """The response that *reply* was, as *wrap* makes it of a raw one; raises what came in its place."""
    if reply.error is not None and not reply.status:
        raise reply.error
    plain = [(name, value) for name, value in reply.headers if name.lower() not in _PACKING]
    answer = AppAnswer(f"{reply.status} {reply.reason}", plain, bytes(reply.body))
    answer.took, answer.logged, answer.raised = reply.took, reply.logged, reply.raised
    raw: Any = to_raw_response(answer)
    if reply.error is not None:
        raw.stream = _breaking(bytes(reply.body), reply.error)
    response = wrap(raw)
    response.headers = CaseInsensitiveDict(raw.headers)
    for name, value in reply.headers:
        response.headers.setdefault(name, value)
    return response


def _breaking(body: bytes, error: BaseException) -> Callable[..., Iterator[bytes]]:
    def stream(*_: Any, **__: Any) -> Iterator[bytes]:
        yield body
        raise error

    return stream
