"""Reports of dialogs: as text, as JSON, as JUnit's XML, and as annotations of GitHub."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape, quoteattr

from ..display import count_of, visible, visible_line
from ..records import dataclass
from ._reports import annotation
from ._terminal import dump_json, without_commands

if TYPE_CHECKING:
    from ..maps import CoverageReport, Track


@dataclass(frozen=True, slots=True)
class DialogOutcome:
    """What became of a dialog: whether it *passed*, its *report*, and the line that failed, or that it begins with.

    *seconds* are those of the real clock. *marks* has a number, a mark, the text, and what came instead of each line;
    *tracks* where its calls have been, if that is asked for.
    """

    name: str
    file: str
    line: int
    passed: bool
    report: str
    seconds: float
    marks: tuple[tuple[int, str, str, str, str | None], ...]
    tracks: tuple[Track, ...] = ()


def write_text(outcomes: Sequence[DialogOutcome], coverage: CoverageReport | None = None) -> str:
    """Write a line for each dialog that passed, the report of each that failed, one line that counts them, and
    *coverage*.
    """
    told = [_line(each) if each.passed else _steps(each) for each in outcomes]
    return _write_told(told, outcomes, coverage)


def write_steps(outcomes: Sequence[DialogOutcome], coverage: CoverageReport | None = None) -> str:
    """Write the same with what became of each step of those that passed, too."""
    return _write_told([_steps(each) for each in outcomes], outcomes, coverage)


def _line(each: DialogOutcome) -> str:
    return visible_line(f"✓ {each.name} ({each.file}:{each.line})")


def _steps(each: DialogOutcome) -> str:
    return f"\n{'✓' if each.passed else '✗'} {each.report}\n"


def _write_told(
    told: Sequence[str], outcomes: Sequence[DialogOutcome], coverage: CoverageReport | None
) -> str:
    lines = list(told)
    failed = sum(not each.passed for each in outcomes)
    lines += [f"{count_of(len(outcomes), 'dialog')}, {failed} failed."]
    lines += ["", coverage.to_text()] if coverage is not None else []
    return without_commands("\n".join([*lines, ""]))


def write_json(outcomes: Sequence[DialogOutcome], coverage: CoverageReport | None = None) -> str:
    """Write an object with the numbers of dialogs and of failures, the dialogs with their lines, and *coverage*."""
    rows = [
        {
            "name": each.name,
            "file": each.file,
            "line": each.line,
            "passed": each.passed,
            "seconds": round(each.seconds, 3),
            "lines": [
                {"line": number, "mark": mark, "text": text, "told": told, "heard": heard}
                for number, mark, text, told, heard in each.marks
            ],
            "report": each.report,
        }
        for each in outcomes
    ]
    failed = sum(not each.passed for each in outcomes)
    data: dict[str, Any] = {"dialogs": len(outcomes), "failed": failed, "results": rows}
    if coverage is not None:
        data["coverage"] = coverage.to_dict()
    return dump_json(data) + "\n"


def write_junit(outcomes: Sequence[DialogOutcome], _: CoverageReport | None = None) -> str:
    """Write JUnit's XML: a suite for each file, and a case for each dialog."""
    suites = [
        _suite(file, list(of_file)) for file, of_file in groupby(outcomes, attrgetter("file"))
    ]
    head = f"<testsuites {_counts(outcomes)}>"
    return "\n".join(['<?xml version="1.0" encoding="utf-8"?>', head, *suites, "</testsuites>", ""])


def _suite(file: str, outcomes: Sequence[DialogOutcome]) -> str:
    cases = [_case(each) for each in outcomes]
    return "\n".join(
        [f"  <testsuite name={_attribute(file)} {_counts(outcomes)}>", *cases, "  </testsuite>"]
    )


def _case(each: DialogOutcome) -> str:
    head = (
        f"    <testcase name={_attribute(each.name)} classname={_attribute(each.file)} "
        f'file={_attribute(each.file)} line="{each.line}" time="{each.seconds:.3f}"'
    )
    if each.passed:
        return f"{head}/>"
    first, _, _ = each.report.partition("\n")
    text = escape(visible(each.report)).replace("##[", "#&#35;[")
    return f"{head}>\n      <failure message={_attribute(first)}>{text}</failure>\n    </testcase>"


def _counts(outcomes: Sequence[DialogOutcome]) -> str:
    failed = sum(not each.passed for each in outcomes)
    seconds = sum(each.seconds for each in outcomes)
    return f'tests="{len(outcomes)}" failures="{failed}" errors="0" time="{seconds:.3f}"'


def _attribute(text: str) -> str:
    return quoteattr(visible_line(text)).replace("##[", "#&#35;[")


def write_github(outcomes: Sequence[DialogOutcome], _: CoverageReport | None = None) -> str:
    """Write a workflow command for each dialog that failed, which GitHub shows beside its line."""
    return "".join(
        annotation("error", each.file, each.line, 1, each.name, each.report)
        for each in outcomes
        if not each.passed
    )


DIALOG_FORMATS: Mapping[str, Callable[[Sequence[DialogOutcome], CoverageReport | None], str]] = {
    "text": write_text,
    "steps": write_steps,
    "json": write_json,
    "junit": write_junit,
    "github": write_github,
}
