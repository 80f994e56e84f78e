"""The softphones that the panel of JupyterLab has taken: they are in the notebook's world, and not in a cell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...endpoints import endpoint
from ...records import dataclass
from .._session import session
from ..softphone import find_softphone, softphone

if TYPE_CHECKING:
    from ..softphone._widget import Softphone

_WIDGET = "application/vnd.jupyter.widget-view+json"


@dataclass(frozen=True, slots=True)
class _Taken:
    """A phone in the panel: *before* is who was at it, and has it back; a phone of a cell is only shown."""

    phone: Softphone
    before: Any
    is_own: bool


_taken: dict[str, _Taken] = {}


def take_softphone(address: str) -> None:
    """Have a softphone at *address* in the panel: the one of a cell, if there is one.

    Raises :class:`NotInstalled` without anywidget, and :class:`NotAnEndpoint` for what is no address.
    """
    with session().lock:
        simulator = session().simulator
        known = endpoint(address).address
        found = find_softphone(known, simulator)
        if found is not None:
            _taken.setdefault(known, _Taken(found, None, is_own=False))
            return
        before = simulator.phones.get(known)
        _taken[known] = _Taken(softphone(known), before, is_own=True)


def leave_softphone(address: str) -> None:
    """Have no softphone at *address* in the panel any more: who was there before is there again."""
    with session().lock:
        taken = _taken.pop(address, None)
        if taken is None or not taken.is_own:
            return
        phones = session().simulator.phones
        is_there = phones.get(address) is taken.phone.person
        taken.phone.close()
        if is_there and taken.before is not None:
            phones[address] = taken.before


def list_softphones() -> list[dict[str, Any]]:
    """The softphones of the panel, each with what shows it in a page; those that were closed are gone."""
    for address in [each for each, taken in _taken.items() if taken.phone.comm is None]:
        del _taken[address]
    return [
        {"address": address, "view": {_WIDGET: taken.phone._repr_mimebundle_()[0][_WIDGET]}}
        for address, taken in _taken.items()
    ]


def leave_all() -> None:
    """Leave every softphone."""
    for address in list(_taken):
        leave_softphone(address)
