"""The pages that people read: where they are, what they link to, and the code in them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import nbformat

HOME = Path(__file__).parents[2]

_FENCE = re.compile(r"^( *)(```+|:::+)([^\n]*)\n(.*?)^\1\2$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"!?\[(?:[^\]\[]|\[[^\]]*\])*\]\(([^)\s]+)\)")
_SPAN = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)", re.DOTALL)
_HEADING = re.compile(r"^#{1,6} +(.*?) *#*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Block:
    """A block of code: its *language* as written behind the fence, and its *text*."""

    language: str
    text: str


def pages() -> list[Path]:
    """Every page and notebook that is checked in, but for the pages of single elements, which are generated."""
    found = [*HOME.glob("*.md"), *HOME.glob("docs/**/*.md"), *HOME.glob("notebooks/*.ipynb")]
    return sorted(path for path in found if path.parent.name != "site")


def text_of(path: Path) -> str:
    """The prose of a page; of a notebook, that of its text cells."""
    if path.suffix != ".ipynb":
        return path.read_text("utf-8")
    cells = nbformat.read(path, as_version=4).cells
    return "\n\n".join(cell.source for cell in cells if cell.cell_type == "markdown")


def blocks(path: Path) -> list[Block]:
    """The blocks of code on a page, in order."""
    return [Block(match[3].strip(), match[4]) for match in _FENCE.finditer(text_of(path))]


def links(path: Path) -> Iterator[str]:
    """Where the links on a page lead, other than to the web."""
    return links_in(text_of(path))


def links_in(text: str) -> Iterator[str]:
    """Where the links in *text* lead, other than to the web."""
    prose = _SPAN.sub("", _FENCE.sub("", text))
    for target in _LINK.findall(prose):
        if not target.startswith(("https://", "http://", "mailto:")):
            yield target


def anchors(path: Path) -> set[str]:
    """The anchors of a page's headings, as GitHub and the site make them."""
    prose = _FENCE.sub("", text_of(path))
    return {_anchor(heading) for heading in _HEADING.findall(prose)}


def _anchor(heading: str) -> str:
    kept = (
        letter
        for letter in heading.replace("`", "").lower()
        if letter in " -_" or unicodedata.category(letter)[0] in "LN"
    )
    return "".join(kept).replace(" ", "-")
