"""``%explore``: the map of an IVR, and what is wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import cli
from ._magic import Invocation, magic
from ._offers import offer_addresses, offer_targets

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
"""


def _add_options(parser: LineParser) -> None:
    add = parser.add_argument
    add("target", metavar="NAME", help="the application, function or document, or what makes it")
    add("--url", metavar="URL", help="the address or path that answers (default: the usual one)")
    add("--depth", type=int, default=8, metavar="N", help="at most so many moves (default: 8)")
    add(
        "--calls", type=int, default=1000, metavar="N", help="at most so many calls (default: 1000)"
    )
    add(
        "--states",
        type=int,
        default=200,
        metavar="N",
        help="at most about so many places (default: 200)",
    )
    add("--keys", nargs="+", default=[], metavar="KEYS", help="numbers that are tried besides")
    add("--words", nargs="+", default=[], metavar="WORDS", help="words that are tried besides")
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
    from ..maps import explore

    options = used.options
    with cli.progress_bar() as tell:
        found = explore(
            options.target,
            url=options.url,
            depth=options.depth,
            calls=options.calls,
            states=options.states,
            keys=options.keys,
            words=options.words,
            names=used.names,
            progress=lambda made, waiting: tell(made, min(made + waiting, options.calls)),
        )
    return used.show_or_keep(found)
