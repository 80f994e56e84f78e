"""Load on an application that runs, with Locust: each user is a caller whose webhooks are real HTTP requests.

Locust changes Python's sockets and threads when it is imported; so a file of Locust's imports this first.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import TYPE_CHECKING

from ..errors import NotInstalled

if TYPE_CHECKING:
    from pathlib import Path

    from ..simulation import Simulator

try:
    from ._caller import Caller
except ImportError as error:
    if (error.name or "").partition(".")[0] not in ("locust", "gevent"):
        raise
    raise NotInstalled(
        "Locust is not installed.", hint='Install it: pip install "twilio-magic[load]"'
    ) from None

__all__ = ["Caller"]


class _LoadModule(ModuleType):
    """A module that can be called: once imported, it stands where the function ``twilio_magic.load`` stood."""

    def __call__(self, path: str | Path) -> Simulator:
        """The world that was saved at *path*, as :func:`twilio_magic.simulation.load` gives it."""
        from ..simulation import load

        return load(path)


sys.modules[__name__].__class__ = _LoadModule
