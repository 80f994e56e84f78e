"""The environment of a process that is measured: as that of an installation, whose modules are compiled."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path


def environment(cache: str | Path) -> Mapping[str, str]:
    """The environment of a fresh interpreter that keeps compiled modules in *cache*."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPYCACHEPREFIX": str(cache)}
