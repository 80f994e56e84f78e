"""JavaScript modules of widgets, behind what all of them make elements with."""

from __future__ import annotations

from pathlib import Path

_HERE = Path(__file__).parent
#: How TwiML is shown, for what shows any.
SOURCE = _HERE / "source.js"


def join_styles(path: Path) -> str:
    """The style sheet at *path*, behind that of TwiML."""
    return "\n".join(each.read_text("utf-8") for each in (_HERE / "source.css", path))


def join_scripts(*paths: Path) -> str:
    """The scripts at *paths* as one module, behind ``elements.js``."""
    return "\n".join(path.read_text("utf-8") for path in (_HERE / "elements.js", *paths))
