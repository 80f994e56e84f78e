"""Secrets: a type that masks a token or password, and masking of user names and passwords in URLs."""

from __future__ import annotations

import re
from typing import NoReturn
from urllib.parse import unquote, urlsplit

from .echo import find_echoes

MASK = "•••"

#: A shorter password is a part of too many words to be looked for.
_SHORTEST = 4
_USER_INFO = re.compile(r"(?<=//)[^/?#\s]*@")


class Secret:
    """A token or password that does not appear in any output, repr, format, pickle or traceback.

    ``reveal()`` gives the clear text; it is called in one place, where a request is signed.
    """

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        """The clear text."""
        return self._value

    @property
    def is_plain(self) -> bool:
        """Whether it is what Twilio hands out: printable ASCII without blanks."""
        return (
            bool(self._value)
            and self._value.isascii()
            and self._value.isprintable()
            and " " not in self._value
        )

    def hidden_in(self, content: bytes) -> bytes:
        """*content* with the secret masked wherever it stands, also in pieces and in encodings of the web."""
        for start, end in reversed(find_echoes(self._value, content.decode("latin-1"))):
            content = content[:start] + MASK.encode() + content[end:]
        return content

    def mask_in(self, text: str) -> str:
        """*text* with the secret masked wherever it stands, also in pieces and in encodings of the web."""
        for start, end in reversed(find_echoes(self._value, text)):
            text = text[:start] + MASK + text[end:]
        return text

    def __repr__(self) -> str:
        return f"Secret({MASK})"

    def __str__(self) -> str:
        return MASK

    def __format__(self, _spec: str) -> str:
        return MASK

    def __bool__(self) -> bool:
        return bool(self._value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and self._value == other._value

    def __hash__(self) -> int:
        return hash((Secret, self._value))

    def __reduce__(self) -> NoReturn:
        raise TypeError("a Secret is not pickled")


class KnownSecret(Secret):
    """A secret that everybody knows, such as the simulated account's: its pieces are plain words, and stay."""

    __slots__ = ()

    def hidden_in(self, content: bytes) -> bytes:
        """*content* with the whole of it masked."""
        return content.replace(self._value.encode(), MASK.encode())

    def mask_in(self, text: str) -> str:
        """*text* with the whole of it masked."""
        return text.replace(self._value, MASK)


def mask_user_info(text: str) -> str:
    """*text* without user names and passwords in the URLs in it."""
    return _USER_INFO.sub("", text) if "@" in text else text


def mask_sign_in(text: str, url: str) -> str:
    """*text*, an answer from *url*, without user names and passwords in URLs, and without the password of *url*."""
    masked = mask_user_info(text)
    try:
        password = unquote(urlsplit(url).password or "")
    except ValueError:  # no URL that can be read
        return masked
    return Secret(password).mask_in(masked) if len(password) >= _SHORTEST else masked
