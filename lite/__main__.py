"""``make lite``: JupyterLab and the tutorials as a site of plain files, in build/lite/site.

Whoever opens it has Python and the simulator in the page: nothing is installed, and no other machine is asked.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from hatchling.builders.wheel import WheelBuilder

from . import registries, site
from .lock import write_distribution
from .tutorials import ROOT, write_tutorials
from .wheels import prepare, write_wheel

#: Where JupyterLite has its kernel, and stand-ins for what that imports; the one for old ipywidgets is not needed.
_STAND_INS = f"{site.KERNEL}/static/pypi"
_OLD = "-3.6.999"


def main() -> None:
    """Fetch, prepare, and build."""
    pyodide, tools = registries.fetch_pyodide(), registries.fetch_tools()
    fetched = [*registries.fetch_wheels("wheels"), *registries.fetch_wheels("fallbacks")]
    brought = (tools / _STAND_INS).glob("*.whl")
    sources = [*fetched, *(path for path in brought if _OLD not in path.name), *_own_wheels()]
    wheels = prepare(sources, registries.BUILD / "prepared", pyodide)
    write_distribution(pyodide, wheels, site.SOURCE / "static" / "pyodide")
    write_tutorials(site.SOURCE / "contents")
    site.build(tools)
    size = sum(path.stat().st_size for path in site.SITE.rglob("*") if path.is_file())
    print(f"The site is in {site.SITE.relative_to(ROOT)}: {size / 1e6:.1f} MB")


def _own_wheels() -> list[Path]:
    """The wheel of this tree, and the one with what the site's kernel does otherwise."""
    home = registries.BUILD / "own"
    shutil.rmtree(home, ignore_errors=True)
    (built,) = WheelBuilder(str(ROOT)).build(directory=str(home))
    return [Path(built), write_wheel(registries.HERE / "startup", "twilio-magic-lite", home)]


if __name__ == "__main__":
    main()
