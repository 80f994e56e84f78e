"""The head of a request to a served world: its first line and its headers. Source: RFC 9112, sections 2, 3, 5 and 9.

What different programs could read differently is refused: such a request might hide another one.
"""

from __future__ import annotations

import re
from functools import lru_cache

from ..records import dataclass
from ._request_body import BadRequest

_MOST_FIELDS = 100
_WORD = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"
_FIRST_LINE = re.compile(rf"({_WORD}) ([^\x00-\x20\x7f]+) HTTP/([0-9])\.([0-9])")
_NAME = re.compile(_WORD)
_STRAY = re.compile("[\r\0]")


@dataclass(frozen=True, slots=True)
class RequestHead:
    """What a request says before its body. *fields* are its headers by their names in a WSGI environ, ``HTTP_HOST``."""

    method: str
    target: str
    is_current: bool
    fields: dict[str, str]

    @property
    def keeps_connection(self) -> bool:
        """Whether the client means to send another request over the same connection."""
        said = self.fields.get("HTTP_CONNECTION")
        if said is None:
            return self.is_current
        options = {option.strip() for option in said.lower().split(",")}
        if "close" in options or not (self.is_current or "keep-alive" in options):
            return False
        # an older client that sends chunks may be something else that passes them on unread
        return self.is_current or "HTTP_TRANSFER_ENCODING" not in self.fields

    @property
    def waits_to_continue(self) -> bool:
        """Whether the client sends its body once it is told to; raises :class:`BadRequest` if it expects more."""
        expected = self.fields.get("HTTP_EXPECT")
        if expected is None or not self.is_current:
            return False
        if expected.lower() != "100-continue":
            raise BadRequest(417, f"The expectation {expected[:40]!r} is none that can be met.")
        return True


def read_request_head(head: bytes) -> RequestHead:
    """The request that begins with *head*; raises :class:`BadRequest` for what is none."""
    text = head.decode("latin-1").replace("\r\n", "\n")
    first, *lines = text.rstrip("\n").split("\n")
    asked = _FIRST_LINE.fullmatch(first)
    if not asked:
        raise BadRequest(400, "The first line is none of an HTTP request.")
    method, target, major, minor = asked.groups()
    if major != "1":
        raise BadRequest(505, f"The version HTTP/{major}.{minor} is none but HTTP/1.")
    if _STRAY.search(text):
        raise BadRequest(400, "A header has a character that no header may have.")
    return RequestHead(method, target, minor != "0", _read_fields(lines))


def _read_fields(lines: list[str]) -> dict[str, str]:
    """The headers in *lines*; several with one name are one, with commas."""
    if len(lines) > _MOST_FIELDS:
        raise BadRequest(431, f"There are more than {_MOST_FIELDS} headers.")
    fields: dict[str, str] = {}
    for number, line in enumerate(lines, 1):
        name, colon, value = line.partition(":")
        variable = _to_variable(name) if colon else None
        if variable is None:
            # what it says is not repeated: it may be a secret
            raise BadRequest(400, f"Header {number} has no name that can be read.")
        value = value.strip(" \t")
        fields[variable] = f"{fields[variable]},{value}" if variable in fields else value
    # in an environ it could not be told from the name with a hyphen, so it is dropped, as by other servers
    fields.pop("", None)
    return fields


@lru_cache(maxsize=256)
def _to_variable(name: str) -> str | None:
    """The name in an environ of the header *name*; empty if it has an underscore, ``None`` for what is no name."""
    if not _NAME.fullmatch(name):
        return None
    return "" if "_" in name else "HTTP_" + name.upper().replace("-", "_")
