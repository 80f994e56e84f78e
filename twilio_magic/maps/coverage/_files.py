"""Coverage as a file, in the form that the end of the file's name says."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from ...display import to_html, visible_line
from ...errors import TwilioMagicError

if TYPE_CHECKING:
    from ._coverage import CoverageReport

_PAGE = '<!DOCTYPE html><meta charset="utf-8"><title>Coverage</title><body>{}</body>\n'
_WRITERS: Mapping[str, Callable[[CoverageReport], str]] = {
    ".html": lambda report: _PAGE.format(to_html(report)),
    ".json": lambda report: f"{json.dumps(report.to_dict(), indent=2, default=str)}\n",
    ".txt": lambda report: f"{report.to_text()}\n",
    ".mmd": lambda report: report.to_mermaid(),
    ".dot": lambda report: report.to_graphviz(),
    ".dialog": lambda report: report.missing.to_dialogs(),
}


def write_coverage(report: CoverageReport, path: Path) -> None:
    """Write *report* into the file at *path*; raises :class:`TwilioMagicError` if it cannot be written."""
    try:
        path.write_text(_WRITERS[path.suffix](report), "utf-8")
    except OSError as error:
        raise TwilioMagicError(
            visible_line(f"{path} cannot be written: {error.strerror}."),
            hint="Give a file in a folder that there is.",
        ) from None
