"""The line that pytest's summary has for a failed test."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest

_LONGEST = 120


def shorten_summary(report: pytest.TestReport) -> None:
    """Leave in the summary, and in JUnit's ``message``, what the failure says first; its report has the rest."""
    crash = getattr(report.longrepr, "reprcrash", None)
    if crash is not None:
        crash.message = _cut(_first_sentence(crash.message.strip()))


def _first_sentence(text: str) -> str:
    """The first paragraph of *text* in one line, without the lines that are set off from it."""
    lines = text.partition("\n\n")[0].splitlines()
    ends = (n for n, line in enumerate(lines, 1) if line.endswith((".", ")")))
    return " ".join(lines[: next(ends, len(lines))])


def _cut(line: str) -> str:
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"
