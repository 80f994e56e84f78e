"""``%explore``: the map of an IVR, and what is wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..display import count_of
from ._magic import Invocation, magic
from ._offers import offer_addresses, offer_targets
from ._session import simulator

if TYPE_CHECKING:
    from ..maps import Map
    from ._line import LineParser

_DESCRIPTION = """\
Walk every way that a caller can go through an IVR, each in a simulated call of its own, and show the map: where calls
wait, the keys between, and what is wrong. NAME is that of an application of this notebook, of a function, or of a
document; NAME() calls a function that makes the application, anew for each call. It may also be module:app, or the
address of a server that runs.
"""
_EXAMPLE = """\
examples:
  %explore app --url /voice
  %explore create_app() --depth 5
  %explore menu --out found
  %explore https://ivr.example.com/menu
"""


def _add_options(parser: LineParser) -> None:
    from ..cli import add_explore_options

    add = parser.add_argument
    add("target", metavar="NAME", help="the application, function or document, or what makes it")
    add_explore_options(add)
    parser.add_out("the map")
    parser.offers |= {"": offer_targets, "--url": offer_addresses}


@magic(
    "%explore",
    usage="%explore NAME [--url URL]",
    description=_DESCRIPTION,
    examples=_EXAMPLE,
    options=_add_options,
)
def explore_magic(used: Invocation) -> Map | None:
    """Explore what the line names; returns the map."""
    from ..cli import explore_as_asked

    found = explore_as_asked(used.options, used.names, simulator())
    return used.show_or_keep(found, "The map is", count_of(len(found.problems), "problem"))
