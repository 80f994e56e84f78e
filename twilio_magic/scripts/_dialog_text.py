"""The text of dialogs: headers, what is given, and dialogs with what their parties do and what they expect."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import field
from typing import TYPE_CHECKING, Any

from ..records import dataclass
from ..suggestions import did_you_mean, nearest
from ._expectations import read_expectation
from ._givens import HEADER, GivenLine, Header, read_given, read_header
from ._party import PERSON, PartyLines, PartyText, finish_parties
from ._phone_names import names_in, read_address, skip_name
from ._phrase import QUOTED, unquote
from ._place import Place, cut_long
from ._table import statement_table

if TYPE_CHECKING:
    from collections.abc import Mapping

_DIALOG = re.compile(
    rf"(?P<name>{QUOTED.pattern})(?:\s+as\s+(?P<address>\S.*?):?)?\s*", re.IGNORECASE
)
_AGAIN = re.compile(r"\s+again\s*$", re.IGNORECASE)
_BLOCK = re.compile(r"(?:repeat|one\s+of)\b", re.IGNORECASE)
_STATEMENT = re.compile(r"(?:given|as|expect)\s", re.IGNORECASE)


@dataclass(frozen=True)
class DialogText:
    """One dialog as it is written: from *line* to *end*, with the headers and givens of its file and its own.

    *names* has the names of phones, by their addresses.
    """

    name: str
    line: int
    end: int
    headers: Mapping[str, Header]
    givens: tuple[GivenLine, ...]
    parties: tuple[PartyText, ...]
    names: Mapping[str, str] = field(default_factory=dict)

    def header(self, name: str, default: Any = None) -> Any:
        """The value of a header."""
        return self.headers[name].value if name in self.headers else default

    @property
    def first_address(self) -> str:
        """The address of the phone of the first party."""
        return self.parties[0].address or _person_of(self.headers)

    def address_of(self, party: PartyText) -> str:
        """The address of the phone of *party*."""
        return party.address or self.first_address

    def calls_of(self, address: str) -> tuple[PartyText, ...]:
        """What the phone at *address* does, call by call."""
        return tuple(party for party in self.parties if self.address_of(party) == address)


def _person_of(headers: Mapping[str, Header]) -> str:
    """The person that the dialog is with, as the *headers* say: who is called, or who calls."""
    is_called = "direction" in headers and headers["direction"].value == "outbound"
    header = headers.get("to" if is_called else "from")
    return str(header.value) if header else PERSON


@dataclass
class _Section:
    """What is read of a file, or of one dialog, line by line."""

    place: Place
    name: str = ""
    headers: dict[str, Header] = field(default_factory=dict)
    givens: list[GivenLine] = field(default_factory=list)
    parties: list[PartyLines] = field(default_factory=list)


def read_dialogs(text: str, names: Mapping[str, str] | None = None) -> list[DialogText]:
    """The dialogs in *text*; raises :class:`DialogError` that points at what it cannot read.

    *names* of phones, by their addresses, may stand for the addresses, as those may that the text itself gives.
    """
    lines = text.split("\n")
    with names_in(lines, names or {}) as all_names:
        return _read(lines, all_names)


def _read(lines: Sequence[str], names: Mapping[str, str]) -> list[DialogText]:
    top = _Section(Place("", 1, 1))
    sections: list[_Section] = []
    for number, whole in enumerate(lines, 1):
        indent = len(whole) - len(whole.lstrip())
        place = Place(whole, number, indent + 1)
        if not place.text or place.text.startswith("#"):
            continue
        if _begins(place, "dialog"):
            _open(place, sections)
        elif sections:
            _read_inside(place, sections[-1])
        else:
            _read_above(place, top)
    return list(_finish(top, sections, len(lines), names))


def _begins(place: Place, word: str) -> bool:
    return re.match(rf"{word}(?=[\s\"'“]|$)", place.text, re.IGNORECASE) is not None


def _open(place: Place, sections: list[_Section]) -> None:
    """Begin a dialog at *place*, or another party of the one before."""
    at = place.behind(len("dialog"))
    match = _DIALOG.fullmatch(at.text)
    quoted = QUOTED.fullmatch(match["name"]) if match else None
    name = " ".join(unquote(quoted).split()) if quoted else ""
    if match is None or not name:
        usage = statement_table().statements["dialog"].usage
        raise place.error(f"{cut_long(place.text)!r} names no dialog.", f"Write {usage}.")
    address = _party_address(
        match["address"], at.behind(match.start("address")) if match["address"] else at
    )
    party = PartyLines(place, address)
    if sections and sections[-1].name == name and address:
        sections[-1].parties.append(party)
        return
    twin = next((each for each in sections if each.name == name), None)
    if twin is not None:
        message = (
            f"There are two dialogs named {cut_long(name)!r}, the first in line {twin.place.line}."
        )
        raise place.error(
            message, "Give each a name of its own; or say who is the other party: as +13105555555."
        )
    sections.append(_Section(place, name, parties=[party]))


def _party_address(text: str | None, place: Place) -> str:
    if not text:
        return ""
    at = skip_name(place)
    written = text[at.column - place.column :]
    address = read_address(written)
    if address is None:
        raise at.error(
            f"{cut_long(written)!r} is no address of a party, and no name of a phone.",
            "Write a number, client:NAME or sip:USER@HOST; the first time with a name: as Ann = +13105555555.",
            len(written),
        )
    return address


def _read_above(place: Place, top: _Section) -> None:
    """Read a line above the first dialog."""
    if _is_header(place):
        _add_header(place, top)
    elif _begins(place, "given"):
        top.givens.append(read_given(place))
    else:
        words = [*statement_table().names("header"), "given", "dialog"]
        meant = did_you_mean(nearest(place.text.split()[0], words))
        raise place.error(
            f"{cut_long(place.text)!r} stands above the first dialog.",
            f'{meant} Headers (app: bakery:app) and given stand there; dialog "name" begins a dialog.'.strip(),
        )


def _read_inside(place: Place, section: _Section) -> None:
    """Read a line of a dialog."""
    party = section.parties[-1]
    if _is_header(place):
        _add_header(place, section)
    elif _begins(place, "given"):
        section.givens.append(read_given(place))
    elif _begins(place, "expect"):
        party.expectations.append(read_expectation(place))
    elif _begins(place, "as"):
        section.parties.append(_open_party(place))
    else:
        party.lines[place.line] = place.whole


def _open_party(place: Place) -> PartyLines:
    """Begin another party at *place*."""
    at = place.behind(len("as"))
    dials = re.search(r"\s+dials\s+", at.text, re.IGNORECASE)
    first = at.text[: dials.start() if dials else None].removesuffix(":")
    again = _AGAIN.search(first)
    first = first[: again.start()] if again else first
    party = PartyLines(place, _party_address(first or "as", at), is_again=again is not None)
    if dials and again:
        raise at.behind(again.start()).error(
            "A party dials once, when the dialog begins.",
            "Write again without dials for a call that reaches it later.",
            len("again"),
        )
    if dials:
        called = at.behind(dials.end())
        party.calls = _party_address(called.text.removesuffix(":"), called)
    return party


def _is_header(place: Place) -> bool:
    is_other = _BLOCK.match(place.text) or _STATEMENT.match(place.text)
    return bool(HEADER.match(place.text)) and not is_other


def _add_header(place: Place, section: _Section) -> None:
    header = read_header(place)
    if header.name in section.headers:
        first = section.headers[header.name].place.line
        raise place.error(
            f"{header.name}: was given in line {first} already.", "Leave one of them out."
        )
    section.headers[header.name] = header


def _finish(
    top: _Section, sections: Sequence[_Section], last: int, names: Mapping[str, str]
) -> Iterator[DialogText]:
    ends = [*(each.place.line - 1 for each in sections[1:]), *([last] if sections else [])]
    for section, end in zip(sections, ends, strict=True):
        headers = {**top.headers, **section.headers}
        first = section.parties[0].address or _person_of(headers)
        yield DialogText(
            name=section.name,
            line=section.place.line,
            end=end,
            headers=headers,
            givens=(*top.givens, *section.givens),
            parties=finish_parties(section.parties, first),
            names=names,
        )
