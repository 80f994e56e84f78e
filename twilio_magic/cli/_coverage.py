"""The coverage of ``twilio-magic test``: what its dialogs have visited of the applications that they call."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..display import to_html, visible_line
from ..errors import TwilioMagicError
from ._progress_bar import progress_bar
from ._terminal import dump_json, print_text

if TYPE_CHECKING:
    from ..dialog import Dialog
    from ..maps import CoverageReport
    from ._dialog_reports import DialogOutcome

#: The formats that hold coverage themselves.
_WITH_COVERAGE = ("text", "json")
_PAGE = '<!DOCTYPE html><meta charset="utf-8"><title>Coverage</title><body>{}</body>\n'
#: What is written into a file, by the end of its name.
_WRITERS: Mapping[str, Callable[[CoverageReport], str]] = {
    ".html": lambda report: _PAGE.format(to_html(report)),
    ".json": lambda report: f"{dump_json(report.to_dict())}\n",
    ".txt": lambda report: f"{report.to_text()}\n",
    ".mmd": lambda report: report.to_mermaid(),
    ".dot": lambda report: report.to_graphviz(),
    ".dialog": lambda report: report.missing.to_dialogs(),
}


def add_coverage_options(add: Callable[..., Any]) -> None:
    """Add the options that ask for coverage."""
    add(
        "--coverage",
        action="store_true",
        help="tell what the dialogs have visited of the map of each application, and what is missing",
    )
    add(
        "--coverage-file",
        metavar="FILE",
        type=_file,
        help=f"write the coverage into a file: {', '.join(_WRITERS)} (what is missing, as dialogs)",
    )
    add(
        "--fail-under",
        metavar="PERCENT",
        type=int,
        default=0,
        help="exit status 1 if the coverage is lower",
    )


def _file(text: str) -> Path:
    path = Path(text)
    if path.suffix not in _WRITERS:
        raise argparse.ArgumentTypeError(f"{text} ends in none of {', '.join(_WRITERS)}")
    return path


def asks_coverage(options: argparse.Namespace) -> bool:
    """Whether coverage is to be found."""
    return bool(options.coverage or options.coverage_file or options.fail_under)


def find_coverage(
    ran: Iterable[tuple[Dialog, DialogOutcome]], options: argparse.Namespace
) -> CoverageReport | None:
    """The coverage of the dialogs that *ran*, if it is asked for."""
    if not asks_coverage(options):
        return None
    from ..maps import cover_dialogs

    with progress_bar() as tell:
        return cover_dialogs(
            ((dialog, outcome.tracks) for dialog, outcome in ran),
            progress=lambda made, waiting: tell(made, made + waiting),
        )


def tell_coverage(report: CoverageReport, options: argparse.Namespace) -> None:
    """Write *report* into the file that is asked for, and where the format of the outcomes cannot hold it, tell it."""
    if options.format not in _WITH_COVERAGE:
        print_text(report.to_text(), file=sys.stderr)
    path: Path | None = options.coverage_file
    if path is None:
        return
    try:
        path.write_text(_WRITERS[path.suffix](report), "utf-8")
    except OSError as error:
        raise TwilioMagicError(
            visible_line(f"{path} cannot be written: {error.strerror}."),
            hint="Give a file in a folder that there is.",
        ) from None
