"""The coverage of ``twilio-magic test``: what its dialogs have visited of the applications that they call."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from ..display import visible_line
from ._progress_bar import progress_bar
from ._terminal import print_text

if TYPE_CHECKING:
    from ..dialog import Dialog
    from ..maps import CoverageReport
    from ._dialog_reports import DialogOutcome

#: The formats that hold coverage themselves.
_WITH_COVERAGE = ("text", "json")


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
    if path is not None:
        from ..maps import write_coverage

        write_coverage(report, path)
        print_text(visible_line(f"The coverage is in {path}."), file=sys.stderr)
