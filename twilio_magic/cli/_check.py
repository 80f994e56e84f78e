"""``twilio-magic check``: check TwiML files as Twilio would."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from .. import twiml
from ..display import visible_line
from ..errors import NotXml
from ._command_parser import add_command
from ._documents import explain_unreadable, name_documents, read_document
from ._excerpts import as_excerpts
from ._reports import FORMATS, Finding
from ._terminal import has_color, is_terminal, print_text, write

if TYPE_CHECKING:
    from ..twiml import Document, Problem


def add_to(commands: Any) -> None:
    """Add the command to the command line."""
    command = add_command(
        commands,
        "check",
        "say what Twilio would say of TwiML files",
        usage="FILE... [options]",
        says="Exit status: 0 if Twilio would run every document, 1 if not, 2 if one cannot be read.",
        examples=(
            "check menu.twiml",
            "check menus/ --strict",
            "check hold.twiml --context wait --format github",
        ),
    )
    command.add_argument(
        "paths",
        metavar="FILE",
        nargs="+",
        help="a file, a folder of .twiml and .xml files, or - for standard input",
    )
    command.add_argument(
        "--format", choices=sorted(FORMATS), default="text", help="how to report (default: text)"
    )
    command.add_argument("--strict", action="store_true", help="warnings count as errors")
    command.add_argument(
        "--inline",
        action="store_true",
        help="the documents go into the Twiml parameter of a request",
    )
    command.add_argument(
        "--context",
        type=_context,
        metavar="PLACE",
        help="where the documents are used, if not as a call's own",
    )
    command.add_argument(
        "--ignore",
        metavar="RULE",
        action="append",
        default=[],
        help="leave out what this rule finds (repeat for more)",
    )
    command.set_defaults(run=run_check)


def _context(name: str) -> str:
    known = sorted(twiml.vocabulary().contexts)
    if name not in known:
        raise argparse.ArgumentTypeError(f"{name!r} is none of {', '.join(known)}")
    return name


def run_check(options: argparse.Namespace) -> int:
    """Check and report; returns the exit status."""
    findings: list[Finding] = []
    texts: list[tuple[str, bytes]] = []
    notes: list[str] = []
    unreadable = 0
    for name in name_documents(options.paths):
        try:
            text = read_document(name)
        except OSError as error:
            print_text(visible_line(explain_unreadable(name, error)), file=sys.stderr)
            unreadable += 1
            continue
        texts.append((name, text))
        problems, document = _examine(text, options)
        findings += [Finding(name, problem) for problem in problems]
        if document is not None and options.format == "text" and not options.inline:
            notes += find_notes(name, document)
    write(_report(findings, texts, options.format))
    print_notes(notes)
    levels = {finding.problem.level for finding in findings}
    is_refused = "error" in levels or (options.strict and "warning" in levels)
    if options.format == "text" and is_refused and "error" not in levels:
        print_text("Refused, because with --strict a warning counts as an error.")
    return 2 if unreadable else int(is_refused)


def _report(findings: Sequence[Finding], texts: Sequence[tuple[str, bytes]], form: str) -> str:
    """The report in the format *form*; who reads a text in a terminal sees the places themselves, too."""
    if form == "text" and is_terminal(sys.stdout):
        return as_excerpts(findings, dict(texts), has_color=has_color(sys.stdout))
    return FORMATS[form](findings, len(texts))


def _examine(text: bytes, options: argparse.Namespace) -> tuple[Sequence[Problem], Document | None]:
    """The problems of a document, and the document, which is parsed once; None where it is not XML."""
    use = {"context": options.context, "inline": options.inline, "ignore": options.ignore}
    try:
        document = twiml.parse(text).with_problems(**use)
    except NotXml:
        return twiml.check(text, **use), None
    return document.problems, document


def print_errors(names: Iterable[str]) -> None:
    """Print a line for each error in documents that are used all the same."""
    for name in names:
        for problem in twiml.check(read_document(name)):
            if problem.level == "error":
                print_text(visible_line(f"{name}:{problem}"), file=sys.stderr)


def find_notes(name: str, document: Document | str) -> Iterator[str]:
    """What is no problem of a document, but good to know where it is looked at without its server."""
    with suppress(NotXml):
        note = twiml.note_relative(document)
        if note is not None:
            yield f"{name}:{note}"


def print_notes(notes: Sequence[str]) -> None:
    """Print the first of the notes on documents, and count the others."""
    for note in notes[:1]:
        print_text(visible_line(note))
    if notes[1:]:
        print_text(f"… so have {len(notes) - 1} more of these documents relative URLs.")
