"""What an application in process answered, and the response of ``requests`` that it becomes.

Most answers are plain: a whole body, nothing packed, no cookies, nowhere else to go. urllib3 has nothing to do for
them, so their response is made without it, and says the same as the one that ``requests`` would make.
"""

from __future__ import annotations

from datetime import timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from requests import Response
from requests.cookies import RequestsCookieJar
from requests.structures import CaseInsensitiveDict
from requests.utils import get_encoding_from_headers

from ...records import dataclass

if TYPE_CHECKING:
    from requests import PreparedRequest

    from ...tracebacks import Raised

#: Bytes of a body that whoever reads it reads to its end.
_MOST = 2**15
#: Headers that ask for something to be done.
_BUSY = {"set-cookie", "content-encoding", "transfer-encoding"}


#: Headers whose values come again and again.
_USUAL = ("Content-Type", "Content-Length")


@lru_cache(maxsize=256)
def _keep_once(name: str, value: str) -> tuple[str, str]:
    """A header as it was met first: answers are kept, and most have the same."""
    return name, value


@dataclass(slots=True, eq=False)
class AppAnswer:
    """The answer of an application: a *status* line such as ``200 OK``, *headers* and *body*.

    It *took* simulated seconds; *raised* is the exception that it raised, and *logged* what went to its error log.
    """

    status: str
    headers: list[tuple[str, str]]
    body: bytes
    logged: str = ""
    raised: Raised | None = None
    took: float = 0.0

    def __post_init__(self) -> None:
        self.headers = [_keep_once(*pair) if pair[0] in _USUAL else pair for pair in self.headers]

    @property
    def is_plain(self) -> bool:
        """Whether the body is to be taken as it stands, and the headers ask for nothing."""
        names = {name.lower() for name, _ in self.headers}
        if len(names) < len(self.headers) or names & _BUSY or len(self.body) > _MOST:
            return False
        has_body = self.status.startswith("2") and not self.status.startswith("204")
        return has_body and self._has_true_length()

    def _has_true_length(self) -> bool:
        length = str(len(self.body))
        return all(v == length for name, v in self.headers if name.lower() == "content-length")


class PlainResponse(Response):
    """The response to *request* that a plain *answer* is."""

    raw: AppAnswer

    def __init__(self, request: PreparedRequest, answer: AppAnswer) -> None:
        # all that Response.__init__ and HTTPAdapter.build_response set, but no jar, which is most of their work
        self.status_code, self.reason = _read_status(answer.status)
        self.headers = CaseInsensitiveDict(answer.headers)
        self.encoding = _encoding(self.headers.get("Content-Type", ""))
        self._content, self._content_consumed, self._next = answer.body, True, None
        self.raw, self.request, self.url = answer, request, request.url or ""
        self.history, self.elapsed = [], timedelta(0)

    @property
    def cookies(self) -> RequestsCookieJar:  # type: ignore[override] # nothing is put into it
        """No cookies."""
        return RequestsCookieJar()


@lru_cache(maxsize=64)
def _read_status(line: str) -> tuple[int, str]:
    code, _, reason = line.partition(" ")
    return int(code), reason


@lru_cache(maxsize=64)
def _encoding(content_type: str) -> str | None:
    """The encoding of a text of this type, as ``requests`` knows it."""
    found = CaseInsensitiveDict({"content-type": content_type} if content_type else {})
    return get_encoding_from_headers(found)
