"""``%calls``: the calls of the account, as a table."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..errors import MagicLineError
from ._magic import Invocation, magic
from ._offers import offer_callers, offer_phones
from ._session import session

if TYPE_CHECKING:
    from ..api import Call, Listing
    from ._line import LineParser

_DESCRIPTION = """\
The calls of the account, the newest first: those of the simulator, or after %twilio live those of the live account.
"""
_EXAMPLE = """\
examples:
  %calls
  %calls --status completed --to +13105555555 --limit 5
  %calls --start-time-after 2026-01-06
"""

_OF_PAGES = ("PageSize", "Page", "PageToken")  # the listing fetches pages as they are needed


def _add_options(parser: LineParser) -> None:
    """Add the filters of ``%calls``, which are made from the parameter table."""
    from ..api import add_options, operation

    listing = operation("calls.list")
    parser.add_argument(
        "words", metavar="Name=value", nargs="*", help="a filter in Twilio's spelling"
    )
    add_options(parser, listing, leave_out=_OF_PAGES)
    parser.add_argument("--limit", metavar="NUMBER", default="20", help="how many at most (20)")
    parser.add_out("the calls")
    parser.offer_values(listing)
    parser.offers |= {"--from": offer_callers, "--to": offer_phones}


@magic(
    "%calls",
    usage="%calls [filters]",
    description=_DESCRIPTION,
    examples=_EXAMPLE,
    options=_add_options,
)
def calls_magic(used: Invocation) -> Listing[Call] | None:
    """List the calls that fit the filters."""
    from ..api import operation, options_given, raw_pairs

    options = used.options
    if not re.fullmatch("[0-9]{1,9}", options.limit):
        raise MagicLineError(
            f"--limit takes a whole number, not {options.limit[:40]!r}.", hint="Such as --limit 5."
        )
    listing = operation("calls.list")
    pairs, others = raw_pairs(options.words, listing)
    if others:
        hint = "A filter is --name value, or Name=value in Twilio's spelling."
        raise MagicLineError(f"%calls: {others[0]!r} is no filter.", hint=hint)
    given = {**options_given(options, listing), **pairs}
    calls = session().client.calls.list(limit=int(options.limit), **given)
    return used.show_or_keep(calls, "The calls are")
