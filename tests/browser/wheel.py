"""The wheel, built from this tree and unpacked as an installer does it, beside everything else that is installed."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

from hatchling.builders.wheel import WheelBuilder

_ROOT = Path(__file__).parents[2]
_DATA = ".data/data/"
#: Where what is unpacked is.
MODULES, DATA = "modules", "prefix"


def unpack(home: Path) -> None:
    """Build the wheel and unpack it below *home*: its modules and its data."""
    (built,) = WheelBuilder(str(_ROOT)).build(directory=str(home / "dist"))
    with ZipFile(built) as archive:
        for name in archive.namelist():
            _, is_data, path = name.partition(_DATA)
            target = home / DATA / path if is_data else home / MODULES / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(archive.read(name))
