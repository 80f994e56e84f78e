"""``%calls``: the calls of the account, as a table."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from ..errors import MagicLineError
from ._line import LineParser, check_variable_name
from ._session import session

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell

    from ..api import Call, Listing

_DESCRIPTION = """\
The calls of the account, the newest first: those of the simulator, or after %twilio live those of the live account.
"""
_EXAMPLE = """\
examples:
  %calls
  %calls --status completed --to +13105555555 --limit 5
  %calls --start-time-after 2026-01-06
"""
HELP = f"%calls [filters]\n\n{_DESCRIPTION}\n{_EXAMPLE}\n%calls --help lists the filters."

_OF_PAGES = ("PageSize", "Page", "PageToken")  # paging is done as far as somebody looks


@cache
def parser() -> LineParser:
    """The options of ``%calls``, made from the parameter table."""
    from ..api import add_options, operation

    listed = operation("calls.list")
    made = LineParser("%calls", description=_DESCRIPTION, epilog=_EXAMPLE)
    made.add_argument(
        "words", metavar="Name=value", nargs="*", help="a filter in Twilio's spelling"
    )
    add_options(made, listed, leave_out=_OF_PAGES)
    made.add_argument("--limit", metavar="NUMBER", default="20", help="how many at most (20)")
    made.add_argument("--out", metavar="NAME", help="keep the calls in a variable and show nothing")
    made.words = {row.option: row.values for row in listed.parameters if row.values}
    return made


def run(line: str, names: dict[str, Any], shell: InteractiveShell) -> Listing[Call] | None:
    """The calls that *line* asks for."""
    from ..api import operation, options_given, raw_pairs

    options = parser().read(line, names)
    if options.help:
        print(parser().format_help())  # noqa: T201 - help is text for the person at the keyboard
        return None
    if options.out is not None:
        check_variable_name(options.out)
    if not options.limit.isdecimal():
        raise MagicLineError(f"--limit takes a whole number, not {options.limit!r}.")
    listed = operation("calls.list")
    pairs, others = raw_pairs(options.words, listed)
    if others:
        hint = "A filter is --name value, or Name=value in Twilio's spelling."
        raise MagicLineError(f"%calls: {others[0]!r} is no filter.", hint=hint)
    given = {**options_given(options, listed), **pairs}
    found = session().client.calls.list(limit=int(options.limit), **given)
    if options.out:
        shell.user_ns[options.out] = found
        return None
    return found
