"""Phones of the simulator to click on: ``tm.softphone("+13105555555")``, and several side by side."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ...errors import NotInstalled

if TYPE_CHECKING:
    from ...simulation import Simulator
    from ._desk import Softphones
    from ._widget import Softphone

_INSTALL = '%pip install "twilio-magic[phone]"'


def softphone(
    address: str = "+13105555555", *, simulator: Simulator | None = None, speed: float | None = 1
) -> Softphone:
    """A phone in the notebook that is a party of the simulator: it rings, and you answer, listen, press keys and speak.

    *address* is a number, ``client:alice`` or ``sip:bob@example.com``; calls to it ring here from now on. It can call
    the numbers of the simulated account. *simulator* is the notebook's unless you give another. Simulated time passes
    by itself then, *speed* seconds in a real one, until the last phone is closed; with ``None``, and where no event
    loop runs, it passes only while a cell waits. Raises :class:`NotInstalled` if anywidget is missing.
    """
    with _needing_anywidget():
        from ._widget import Softphone
    from .._session import session

    return Softphone(address, simulator or session().simulator, speed)


def softphones(
    *addresses: str, simulator: Simulator | None = None, speed: float | None = 1
) -> Softphones:
    """Several phones side by side: ``tm.softphones("+13105555555", "client:ann")``.

    Each is a phone of its own, as :func:`softphone` makes one, and all are in one world: the notebook's simulator, or
    *simulator*. So you are the caller and the agent at once: one phone calls a number of the account, its TwiML dials
    the other, and what you say at one is heard at the other. Simulated time passes by itself, *speed* seconds in a real
    one. Raises :class:`SimulatorError` for no address, and for an address that is given twice; :class:`NotInstalled` if
    anywidget is missing.
    """
    with _needing_anywidget():
        from ._desk import Softphones
    from .._session import session

    return Softphones(addresses, simulator or session().simulator, speed)


def find_softphone(address: str, simulator: Simulator) -> Softphone | None:
    """The softphone that is at *address* of *simulator* now, if one is."""
    widget = sys.modules.get(f"{__name__}._widget")
    found: Softphone | None = widget.find_open(address, simulator) if widget else None
    return found


@contextmanager
def _needing_anywidget() -> Iterator[None]:
    """Say how to install anywidget, where an import misses it."""
    try:
        yield
    except ModuleNotFoundError as error:
        if error.name != "anywidget":
            raise
        raise NotInstalled(
            "The softphone needs the package anywidget, which is not installed here.",
            hint=f"Run {_INSTALL} and restart the kernel.",
        ) from None
