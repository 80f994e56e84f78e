"""``twilio-magic format``: lay out TwiML files."""

from __future__ import annotations

import argparse
import difflib
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from ..display import count_of, visible, visible_line
from ..errors import NotXml
from ..records import dataclass
from ._command_parser import add_command
from ._documents import STDIN, explain_unreadable, name_documents, read_document
from ._terminal import print_text, without_commands, write

_BOM = b"\xef\xbb\xbf"


def add_to(commands: Any) -> None:
    """Add the command to the command line."""
    command = add_command(
        commands,
        "format",
        "lay out TwiML files",
        usage="FILE... [options]",
        says="Each verb and noun gets a line, indented by two spaces a level; what is said and done stays the "
        "same. Exit status: 0, or 1 if --check or --diff find a file that would change, 2 if one cannot be laid out.",
        examples=("format menus/", "format menu.twiml --diff", "format - < menu.twiml"),
    )
    command.add_argument(
        "paths",
        metavar="FILE",
        nargs="+",
        help="a file, a folder of .twiml and .xml files, or - to write standard input to standard output",
    )
    command.add_argument(
        "--check", action="store_true", help="change nothing; say what would change"
    )
    command.add_argument(
        "--diff", action="store_true", help="change nothing; show what would change"
    )
    command.set_defaults(run=run_format)


@dataclass(frozen=True, slots=True)
class _Layout:
    """The content of the file *name*, and what it is when it is laid out."""

    name: str
    before: bytes
    after: bytes

    @property
    def is_changed(self) -> bool:
        return self.before != self.after

    def diff(self) -> str:
        """The lines that change, as ``diff -u`` shows them."""
        before, after = (each.decode().splitlines() for each in (self.before, self.after))
        lines = difflib.unified_diff(before, after, self.name, self.name, lineterm="")
        return "\n".join(map(visible_line, lines))


def run_format(options: argparse.Namespace) -> int:
    """Lay out the files that are named; returns the exit status."""
    layouts: list[_Layout] = []
    refused = 0
    for name in name_documents(options.paths):
        try:
            layouts += _lay_out(name, is_named=name in options.paths)
        except (NotXml, OSError, UnicodeDecodeError) as error:
            print_text(visible_line(_explain(name, error)), file=sys.stderr)
            refused += 1
    is_dry = options.check or options.diff
    laid_out = [layout for layout in layouts if is_dry or _write(layout)]
    changed = [layout for layout in laid_out if layout.is_changed]
    if options.diff:
        write("".join(f"{without_commands(each.diff())}\n" for each in changed))
    if options.paths != [STDIN]:
        print_text(_sum_up(changed, laid_out, is_dry=is_dry), file=sys.stderr)
    if refused or len(laid_out) < len(layouts):
        return 2
    return int(is_dry and bool(changed))


def _lay_out(name: str, *, is_named: bool) -> Iterator[_Layout]:
    """Lay out the file *name*; one that a folder holds, and that is no TwiML, is left as it is."""
    from .. import twiml

    before = read_document(name)
    text = before.removeprefix(_BOM).decode()
    document = twiml.parse(text)
    if document.root.name == twiml.vocabulary().root:
        bom = before[: len(before) - len(text.encode())]
        yield _Layout(name, before, bom + twiml.format(document).encode())
    elif is_named:
        raise OSError(f"it is no TwiML: its outermost element is <{document.root.name}>")


def _explain(name: str, error: Exception) -> str:
    if isinstance(error, NotXml):
        return f"{name}:{error.line}:{error.column} {error.message}"
    return explain_unreadable(name, error)


def _write(layout: _Layout) -> bool:
    """Write what has changed, and standard input to standard output in any case; returns whether that was possible."""
    if layout.name == STDIN:
        text = layout.after.decode()
        write(visible(text) if sys.stdout.isatty() else text)
        return True
    try:
        if layout.is_changed:
            Path(layout.name).write_bytes(layout.after)
    except OSError as error:
        why = f"{layout.name} cannot be written: {error.strerror or error}"
        print_text(visible_line(why), file=sys.stderr)
        return False
    return True


def _sum_up(changed: Sequence[_Layout], layouts: Sequence[_Layout], *, is_dry: bool) -> str:
    """Name what changes, and count the rest."""
    verb = "would change" if is_dry else "changed"
    lines = [visible_line(f"{verb} {each.name}") for each in changed]
    rest = len(layouts) - len(changed)
    if rest or not changed:
        lines.append(f"{count_of(rest, 'document is', 'documents are')} laid out.")
    return "\n".join(lines)
