"""A phone of the simulator to click on: ``tm.softphone("+13105555555")``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...errors import NotInstalled

if TYPE_CHECKING:
    from ...simulation import Simulator
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
    try:
        from ._widget import Softphone
    except ModuleNotFoundError as error:
        if error.name != "anywidget":
            raise
        raise NotInstalled(
            "The softphone needs the package anywidget, which is not installed here.",
            hint=f"Run {_INSTALL} and restart the kernel.",
        ) from None
    from .._session import session

    return Softphone(address, simulator or session().simulator, speed)
