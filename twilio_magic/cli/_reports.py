"""Reports of findings: as text, as JSON, as annotations of GitHub, and as SARIF for code scanning."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from .. import __version__
from ..display import count_of, visible, visible_line
from ..problem import count_problems
from ..records import dataclass
from ._terminal import dump_json, without_commands

if TYPE_CHECKING:
    from ..twiml import Problem

_GITHUB_LEVEL = {"error": "error", "warning": "warning", "advice": "notice"}
_SARIF_LEVEL = {"error": "error", "warning": "warning", "advice": "note"}


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem in a file."""

    file: str
    problem: Problem


def as_text(findings: Sequence[Finding], checked: int) -> str:
    """Write a line for each finding, and one that counts them."""
    lines = [visible_line(f"{finding.file}:{finding.problem}") for finding in findings]
    return without_commands("\n".join([*lines, sum_up(findings, checked), ""]))


def sum_up(findings: Sequence[Finding], checked: int) -> str:
    """Count the documents and what was found in them, in one line."""
    files = count_of(checked, "document")
    found = count_problems(finding.problem for finding in findings)
    said = f": {found or 'nothing wrong'}" if checked else ""
    return f"{files} checked{said}."


def as_json(findings: Sequence[Finding], checked: int) -> str:
    """Write an object with the number of documents and a list of findings."""
    rows = [{"file": finding.file, **asdict(finding.problem)} for finding in findings]
    return _dump({"checked": checked, "problems": rows})


def as_github(findings: Sequence[Finding], _: int) -> str:
    """Write a workflow command for each finding, which GitHub shows beside the line."""
    return "".join(
        annotation(
            _GITHUB_LEVEL[problem.level],
            finding.file,
            problem.line,
            problem.column,
            _title(problem),
            _message(problem),
        )
        for finding in findings
        for problem in [finding.problem]
    )


def annotation(level: str, file: str, line: int, column: int, title: str, message: str) -> str:
    """Write a workflow command, which GitHub shows beside the line of *file*."""
    return f"::{level} file={_property(file)},line={line},col={column},title={_property(title)}::{_data(message)}\n"


def as_sarif(findings: Sequence[Finding], _: int) -> str:
    """Write a SARIF 2.1.0 log with one run."""
    rules = sorted({finding.problem.name for finding in findings})
    driver = {
        "name": "twilio-magic",
        "version": __version__,
        "rules": [{"id": rule} for rule in rules],
    }
    run = {"tool": {"driver": driver}, "results": [_result(finding) for finding in findings]}
    return _dump(
        {
            "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
            "version": "2.1.0",
            "runs": [{**run, "columnKind": "unicodeCodePoints"}],
        }
    )


FORMATS: Mapping[str, Callable[[Sequence[Finding], int], str]] = {
    "text": as_text,
    "json": as_json,
    "github": as_github,
    "sarif": as_sarif,
}


def _result(finding: Finding) -> dict[str, Any]:
    problem = finding.problem
    region = {"startLine": problem.line, "startColumn": problem.column}
    location = {
        "artifactLocation": {"uri": quote(os.fsencode(Path(finding.file).as_posix()))},
        "region": region,
    }
    return {
        "ruleId": problem.name,
        "level": _SARIF_LEVEL[problem.level],
        "message": {"text": _message(problem)},
        "locations": [{"physicalLocation": location}],
    }


def _message(problem: Problem) -> str:
    return f"{problem.message} → {problem.hint}" if problem.hint else problem.message


def _title(problem: Problem) -> str:
    return f"Twilio {problem.code}" if problem.code else problem.name


def _data(value: str) -> str:
    written = visible(value).replace("%", "%25").replace("\n", "%0A")
    return written.replace("##[", "%23%23[")


def _property(value: str) -> str:
    return _data(value).replace(":", "%3A").replace(",", "%2C")


def _dump(value: Any) -> str:
    return dump_json(value) + "\n"
