"""``%%twiml``: a TwiML document in a cell, checked and previewed."""

from __future__ import annotations

import argparse
import re
from typing import TYPE_CHECKING, Any

from ..errors import MagicLineError, Rejected
from ..suggestions import did_you_mean, nearest
from ._magic import Invocation, magic
from ._offers import offer_elements
from ._session import session, simulator

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ..twiml import Document, Problem
    from ..views import Explanation
    from ._line import LineParser

_FIRST_LINE = 2  # of the document in a cell; the magic stands in the first line
_ROOT_AND_ALL = re.compile(r"\s*(?:<\?.*?\?>\s*)?(?:<!--.*?-->\s*)*<([\w:.-]+)", re.DOTALL)

_DESCRIPTION = """\
The cell is a TwiML document. It is checked as Twilio would check it, and previewed: verdict, what the caller
experiences, and where something is wrong or filled in, the source with the cell's line numbers. $name and
${name.attribute} are filled from the notebook. Errors stop Run All; warnings are shown.
"""
_EXAMPLE = """\
examples:
  %%twiml greeting
  <Response>
    <Gather numDigits="1"><Say>Press 1 for sales.</Say></Gather>
  </Response>

  %twiml --describe Gather numDigits
"""


def _add_options(parser: LineParser) -> None:
    from ..twiml import vocabulary

    parser.add_argument(
        "name", metavar="NAME", nargs="?", help="the variable that holds the document afterwards"
    )
    parser.add_argument(
        "--quiet", action="store_true", help="show nothing unless something is wrong"
    )
    parser.add_argument(
        "--source", action="store_true", help="show the source, also where nothing is wrong with it"
    )
    parser.add_argument(
        "--explain", action="store_true", help="show what the caller experiences only"
    )
    parser.add_argument(
        "--strict", action="store_true", help="warnings stop the cell, as errors do"
    )
    parser.add_argument(
        "--inline",
        action="store_true",
        help="check for use as the Twiml parameter: 4,000 characters, no relative addresses",
    )
    parser.add_argument(
        "--context",
        choices=sorted(vocabulary().contexts),
        help="check for use elsewhere than as a call's own document, such as a wait document",
    )
    parser.add_argument(
        "--ignore",
        metavar="RULE",
        action="append",
        default=[],
        help="leave out what this rule or code finds (repeat for more)",
    )
    parser.add_argument(
        "--host", action="store_true", help="put the document at an address, kept as NAME_url"
    )
    parser.add_argument(
        "--describe", metavar="ELEMENT", nargs="+", help="say what an element, or its attribute, is"
    )
    parser.offers["--describe"] = offer_elements


@magic(
    "%%twiml",
    usage="%%twiml [NAME] [options]",
    description=_DESCRIPTION,
    examples=_EXAMPLE,
    options=_add_options,
)
def twiml_magic(used: Invocation) -> Document | Explanation | None:
    """Read and check the document in the cell; raises :class:`NotXml`, or :class:`Rejected` after showing why."""
    options = used.options
    if options.describe:
        print(_describe(options.describe))  # noqa: T201 - for the person at the keyboard
        return None
    if used.cell is None:
        raise MagicLineError(
            "%twiml has no document.", hint="Write %%twiml, and the document on the lines below it."
        )
    document = _read(used.cell, options, used.names)
    if options.name:
        used.shell.user_ns[options.name] = document
    _stop_if_refused(document, strict=options.strict)
    if options.host:
        _host(document, options.name, used.shell.user_ns)
    return _result(document, options)


def read_cell(line: str, cell: str, names: Mapping[str, Any]) -> Document:
    """Read the document of a cell as the magic does, whose own line is *line*; raises what the magic raises."""
    return _read(cell, twiml_magic.parser.read(line, names), names)


def _host(document: Document, name: str, names: dict[str, Any]) -> None:
    """Let what is called *name* answer at the address ``NAME_url``; at a new one if it has none in this world."""
    url = names.get(f"{name}_url")
    if not isinstance(url, str) or not simulator().mounts.has(url):
        url = simulator().host(document)
    simulator().mount(url, name)
    names[f"{name}_url"] = url


def _result(document: Document, options: argparse.Namespace) -> Document | Explanation | None:
    from ..views import Explanation

    if options.explain:
        return Explanation(document)
    return None if options.quiet else document


def _stop_if_refused(document: Document, *, strict: bool) -> None:
    fatal = ("error", "warning") if strict else ("error",)
    refused = [problem for problem in document.problems if problem.level in fatal]
    if refused:
        from IPython.display import display

        document.is_strict = strict
        display(document)
        error = Rejected(refused)
        error.is_shown = True
        raise error


def _read(cell: str, options: argparse.Namespace, names: Mapping[str, Any]) -> Document:
    from ..twiml import fill, parse

    name = _variable(options)
    written = cell.removesuffix("\n")
    filled = fill(written, names, first_line=_FIRST_LINE)
    is_bare = _is_bare(filled)
    document = (
        parse(f"<Response>\n{filled}\n</Response>", name=name, first_line=_FIRST_LINE - 1)
        if is_bare
        else parse(filled, name=name, first_line=_FIRST_LINE)
    )
    document = document.with_problems(
        context=options.context, inline=options.inline, ignore=options.ignore
    )
    document.problems[:] = _tell_numbers(document)
    document.is_below_source = filled == written and not options.source
    if is_bare:
        document.problems.insert(0, _no_root_advice())
    return document


def _tell_numbers(document: Document) -> Iterable[Problem]:
    """The problems of *document*; one with the name of a phone in the place of a number tells the number."""
    made = session().simulator_so_far
    if made is None:
        return document.problems
    from ..simulation import tell_numbers

    return tell_numbers(document.problems, document, made.phones)


def _is_bare(text: str) -> bool:
    """Return whether *text* begins with a verb instead of the root."""
    from ..twiml import vocabulary

    first = _ROOT_AND_ALL.match(text)
    return first is not None and first[1] in vocabulary().verbs


def _no_root_advice() -> Any:
    from ..twiml import Problem, vocabulary

    root = vocabulary().root
    return Problem(
        code=None,
        level="advice",
        message=f"The verbs stand alone, so <{root}> was put around them",
        line=_FIRST_LINE - 1,
        column=1,
        hint=f"elsewhere a document needs its <{root}>",
        name="no-root",
    )


def _variable(options: argparse.Namespace) -> str | None:
    name: str | None = options.name
    if name is None and options.host:
        raise MagicLineError(
            "--host needs a name for the document.",
            hint="%%twiml menu --host makes menu and menu_url.",
        )
    if name is not None and not name.isidentifier():
        raise MagicLineError(
            f"{name!r} cannot be the name of a document.",
            hint="Use a name as for a variable: letters, digits and underscores.",
        )
    return name


def _describe(words: list[str]) -> str:
    from ..twiml import describe, vocabulary

    try:
        return describe(*words[:2])
    except KeyError as missing:
        elements = vocabulary().elements
        known = elements[words[0]].attributes if words[0] in elements else elements
        meant = nearest(missing.args[0], known)
        raise MagicLineError(
            f"TwiML has no {missing.args[0]!r} there.",
            hint=did_you_mean(meant) or f"Known: {', '.join(known)}.",
        ) from None
