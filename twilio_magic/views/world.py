"""A simulated world as a dashboard, and its parts: numbers, phones, mounts and faults."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from ..timeline import clock
from ._rows import rows
from ._theme import FAINT, block, card, fold, heading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..simulation import Faults, Mounts, Number, Numbers, Phones, Simulator

_CALLS = 3  # of the newest
#: The columns that fit into a card; client.calls has all.
_OF_CALLS = ("from", "to", "status", "seconds")
_SCREEN, _FEW = 20, 2  # rows of a table, and of one among others
_LONGEST = 200  # characters of a script


def bundle(simulator: Simulator) -> dict[str, str]:
    """The MIME bundle of *simulator*: a dashboard."""
    return {"text/plain": repr(simulator), "text/html": str(_dashboard(simulator))}


def bundle_numbers(numbers: Numbers) -> dict[str, str]:
    """The MIME bundle of *numbers*."""
    return {"text/plain": repr(numbers), "text/html": str(_numbers(numbers))}


def bundle_phones(phones: Phones) -> dict[str, str]:
    """The MIME bundle of *phones*."""
    return {"text/plain": repr(phones), "text/html": str(_phones(phones))}


def bundle_mounts(mounts: Mounts) -> dict[str, str]:
    """The MIME bundle of *mounts*."""
    return {"text/plain": repr(mounts), "text/html": str(_mounts(mounts))}


def bundle_faults(faults: Faults) -> dict[str, str]:
    """The MIME bundle of *faults*."""
    return {"text/plain": repr(faults), "text/html": str(_faults(faults))}


def _dashboard(simulator: Simulator) -> Markup:
    pace = simulator.pace
    passing = "time stands still" if pace is None else f"{pace:g} simulated seconds in a real one"
    now = simulator.date.strftime("%Y-%m-%d %H:%M:%S")
    head = Markup("<b>A simulated account</b>, {}, seed {}").format(
        simulator.profile, simulator.seed
    )
    return card(
        block(head),
        block(
            f"{now} UTC, {clock(simulator.now)} since this world began; {passing}.",
            f"color:{FAINT}",
        ),
        heading("Numbers, and what answers"),
        _numbers(simulator.numbers, _FEW),
        heading("Phones"),
        _phones(simulator.phones, _FEW),
        heading("Web addresses"),
        _mounts(simulator.mounts, _FEW),
        *_calls(simulator),
        heading("Faults"),
        _faults(simulator.faults, _FEW),
    )


def _calls(simulator: Simulator) -> Sequence[Markup]:
    """The newest calls, as the table of calls has them."""
    from ..api import Client
    from .table import html

    found = Client(simulator=simulator).calls.list(limit=_CALLS)
    more = simulator.call_count - len(found)
    below = [block(f"and {more:,} more, in client.calls", f"color:{FAINT}")] if more > 0 else []
    return [heading("Calls"), html(found, _OF_CALLS), *below]


def _numbers(numbers: Numbers, most: int = _SCREEN) -> Markup:
    lines = [
        (number.phone_number, _answer(number), number.friendly_name or "")
        for number in numbers.values()
    ]
    return _fold_rows("Numbers", ("number", "what answers", "name"), lines, "no numbers", most)


def _answer(number: Number) -> str:
    return number.voice_application_sid or number.voice_url or "nothing answers"


def _phones(phones: Phones, most: int = _SCREEN) -> Markup:
    addresses = dict.fromkeys([*phones, *phones.names])
    lines = [
        (
            phones.names.get(each, ""),
            each,
            _script(str(phones[each])) if each in phones else "answers, and listens",
        )
        for each in addresses
    ]
    return _fold_rows(
        "Phones", ("name", "phone", "what it does"), lines, "no phones with a script", most
    )


def _script(text: str) -> str:
    """The beginning of a long script: simulator.phones has all of it."""
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST].rstrip()} …"


def _mounts(mounts: Mounts, most: int = _SCREEN) -> Markup:
    lines = [(mount.base_url, mount.find().shown) for mount in mounts]
    return _fold_rows("Mounts", ("address", "what answers"), lines, "nothing is mounted", most)


def _faults(faults: Faults, most: int = _SCREEN) -> Markup:
    lines = [
        (each.pattern, each.text, "all" if each.left is None else each.left) for each in faults
    ]
    return _fold_rows(
        "Faults", ("address", "what goes wrong", "requests"), lines, "no faults", most
    )


def _fold_rows(
    label: str, head: Sequence[str], lines: Sequence[Sequence[object]], nothing: str, most: int
) -> Markup:
    """The table, of which a part is folded where it is long."""
    shown, rest = rows(label, head, lines[:most], nothing), lines[most:]
    return shown + fold(f"{len(rest)} more", rows(label, head, rest, "")) if rest else shown
