"""``%%twiml``: a TwiML document in a cell, checked and previewed."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from ..errors import MagicLineError, Rejected
from ._line import LineParser

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell

    from ..twiml import Document

_FIRST_LINE = 2  # in a cell, the document begins below the magic's own line

_DESCRIPTION = """\
The cell is a TwiML document. It is checked as Twilio would check it, and previewed: verdict, source with the
cell's line numbers, and what the caller experiences. $name and ${name.attribute} are filled from the notebook.
"""
_EXAMPLE = """\
example:
  %%twiml greeting
  <Response>
    <Gather numDigits="1"><Say>Press 1 for sales.</Say></Gather>
  </Response>
"""
HELP = f"%%twiml [NAME]\n\n{_DESCRIPTION}\n{_EXAMPLE}\n%twiml --help lists the options."


@cache
def parser() -> LineParser:
    """The options of ``%%twiml``."""
    made = LineParser("%%twiml", description=_DESCRIPTION, epilog=_EXAMPLE)
    made.add_argument(
        "name", metavar="NAME", nargs="?", help="the variable that holds the document afterwards"
    )
    made.add_argument("--quiet", action="store_true", help="show nothing unless something is wrong")
    return made


def run(
    line: str, cell: str | None, names: dict[str, Any], shell: InteractiveShell
) -> Document | None:
    """The document in *cell*; raises :class:`NotXml` or :class:`Rejected` after showing what is wrong."""
    options = parser().read(line, names)
    if options.help:
        print(parser().format_help())  # noqa: T201 - help is text for the person at the keyboard
        return None
    if cell is None:
        raise MagicLineError(
            "%twiml has no document.", hint="Write %%twiml, and the document on the lines below it."
        )
    document = _read(cell, _variable(options.name), names)
    if options.name:
        shell.user_ns[options.name] = document
    if any(problem.level == "error" for problem in document.problems):
        from IPython.display import display

        display(document)
        raise Rejected(document.problems)
    return None if options.quiet else document


def _read(cell: str, name: str | None, names: dict[str, Any]) -> Document:
    from ..twiml import fill, parse

    return parse(fill(cell.removesuffix("\n"), names), name=name, first_line=_FIRST_LINE)


def _variable(name: str | None) -> str | None:
    if name is not None and not name.isidentifier():
        raise MagicLineError(
            f"{name!r} cannot be the name of a document.",
            hint="Use a name as for a variable: letters, digits and underscores.",
        )
    return name
