"""The map of an IVR as a picture, with its problems below, and as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from ..maps import describe_extent
from ._map_picture import draw_map
from ._theme import BAD, CARE, FAINT, block, card, fold, verbatim

if TYPE_CHECKING:
    from ..maps import Map, MapProblem

_LEVELS = {"error": BAD, "warning": CARE, "advice": FAINT}


def bundle(found: Map) -> dict[str, str]:
    """The MIME bundle of *found*."""
    return {"text/plain": found.to_text(), "text/html": str(html(found))}


def html(found: Map) -> Markup:
    """The picture, the problems, and the same as text, folded."""
    extent, text = describe_extent(found), found.to_text()
    head = block(Markup("<b>{}</b>").format(extent), "margin-bottom:8px")
    problems = [_problem(each) for each in found.problems]
    return card(
        head, draw_map(found, extent, text), *problems, fold("The map as text", verbatim(text))
    )


def _problem(problem: MapProblem) -> Markup:
    color = _LEVELS[problem.level]
    return block(str(problem), f"color:{color};margin-top:4px;overflow-wrap:anywhere")
