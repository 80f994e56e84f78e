"""Names of phones in the text of dialogs: ``as Ann = +13105550101``, and from then on ``Ann`` for the number."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from types import MappingProxyType
from typing import TYPE_CHECKING

from ..endpoints import NotAnEndpoint, endpoint
from ._phrase import QUOTED
from ._place import Place, cut_long

if TYPE_CHECKING:
    from collections.abc import Sequence

_NAMED = re.compile(r"(?P<name>[^\s=:;\"'][^=:;\"']*?)\s*=\s*")
_GIVES = re.compile(
    rf"\s*(?:given\s+phone|as|dialog\s+(?:{QUOTED.pattern})\s+as)\s+", re.IGNORECASE
)
_ADDRESS = re.compile(r"\S+?(?=:?(?:\s|$))")

#: The addresses of the phones that have a name in the text that is read, by their names in small letters.
_known: ContextVar[Mapping[str, str]] = ContextVar("known", default=MappingProxyType({}))


@contextmanager
def names_in(lines: Sequence[str], known: Mapping[str, str]) -> Iterator[Mapping[str, str]]:
    """Let the names that *lines* give, and the *known* ones, stand for addresses in the block; gives all, by address.

    Raises :class:`DialogError` where one name is given to two phones.
    """
    names = dict(known)
    own: dict[str, str] = {}
    for place, name, address in _find(lines):
        first = own.setdefault(name.casefold(), address)
        if first != address:
            raise place.error(
                f"{cut_long(name)} is the name of {first} already.", "Give each phone its own name."
            )
        names[address] = name
    addresses = {name.casefold(): address for address, name in known.items()} | own
    token = _known.set(addresses)
    try:
        yield names
    finally:
        _known.reset(token)


def _find(lines: Sequence[str]) -> Iterator[tuple[Place, str, str]]:
    for number, line in enumerate(lines, 1):
        begun = _GIVES.match(line)
        named = _NAMED.match(line, begun.end()) if begun else None
        written = _ADDRESS.match(line, named.end()) if named else None
        address = read_address(written[0]) if written else None
        if named is not None and address is not None:
            yield Place(line, number, named.start() + 1), named["name"], address


def is_phone_name(text: str) -> bool:
    """Whether the lines of a dialog can give *text* to a phone as its name."""
    words = set(text.casefold().split())
    return _NAMED.fullmatch(f"{text} = ") is not None and not words & {"dials", "again"}


def skip_name(place: Place) -> Place:
    """The place of the address behind the name that stands at *place*, if one does."""
    named = _NAMED.match(place.text)
    return place.behind(named.end()) if named else place


def find_address(text: str) -> str:
    """The address of the phone with the name *text*; *text* itself where none has it."""
    return _known.get().get(" ".join(text.split()).casefold(), text)


def read_address(text: str) -> str | None:
    """The address that *text* is, or the phone with this name has; ``None`` if it is none."""
    try:
        return endpoint(find_address(text)).address
    except NotAnEndpoint:
        return None
