"""The options that ask for the coverage of dialogs: the same for ``twilio-magic test`` and for pytest."""

from __future__ import annotations

from argparse import ArgumentTypeError
from collections.abc import Callable
from pathlib import Path
from typing import Any

#: How a file of coverage may end; one of dialogs has what is missing.
COVERAGE_SUFFIXES = (".html", ".json", ".txt", ".mmd", ".dot", ".dialog")


def add_coverage_options(add: Callable[..., Any], prefix: str = "") -> None:
    """Add the options by *add*, as argparse and pytest have it; their names begin with *prefix*."""
    add(
        f"--{prefix}coverage",
        action="store_true",
        help="tell what the dialogs have visited of the map of each application, and what is missing",
    )
    add(
        f"--{prefix}coverage-file",
        metavar="FILE",
        type=_read_path,
        help=f"write the coverage into a file: {', '.join(COVERAGE_SUFFIXES)} (what is missing, as dialogs)",
    )
    add(
        f"--{prefix}fail-under",
        metavar="PERCENT",
        type=int,
        default=0,
        help="exit status 1 if the coverage of the dialogs is lower",
    )


def _read_path(text: str) -> Path:
    path = Path(text)
    if path.suffix not in COVERAGE_SUFFIXES:
        raise ArgumentTypeError(f"{text} ends in none of {', '.join(COVERAGE_SUFFIXES)}")
    return path
