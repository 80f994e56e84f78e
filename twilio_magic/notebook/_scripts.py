"""JavaScript modules of widgets, behind what all of them make elements with."""

from __future__ import annotations

from pathlib import Path


def join_scripts(*paths: Path) -> str:
    """The scripts at *paths* as one module, behind ``elements.js``."""
    elements = Path(__file__).with_name("elements.js")
    return "\n".join(path.read_text("utf-8") for path in (elements, *paths))
