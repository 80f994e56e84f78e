"""What axe-core, the accessibility checker, finds in a part of a page."""

from __future__ import annotations

import json
import sys
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import Locator

from . import chromium

#: ``make test`` installs it beside the interpreter; it is never fetched by a page.
PATH = Path(sys.prefix) / "npm" / "node_modules" / "axe-core" / "axe.min.js"

#: How much a violation is in somebody's way.
GRAVE = ("serious", "critical")
ALL = ("minor", "moderate", *GRAVE)
_MARK = "data-axe-look-here"
_RUN = f"""async marked => {{
    marked.forEach(element => element.setAttribute("{_MARK}", ""));
    try {{
        const found = await axe.run({{include: ["[{_MARK}]"]}}, {{resultTypes: ["violations"]}});
        return JSON.stringify(found.violations);
    }} finally {{
        marked.forEach(element => element.removeAttribute("{_MARK}"));
    }}
}}"""


@dataclass(frozen=True)
class Violation:
    """A rule that is broken: how grave that is, and the elements that break it, as HTML and in words."""

    rule: str
    impact: str
    elements: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.rule} ({self.impact}): " + "; ".join(self.elements)


def violations(outputs: Locator, impacts: Collection[str] = GRAVE) -> list[Violation]:
    """The violations of these *impacts* in all elements of *outputs*, hidden parts left out."""
    outputs.page.evaluate(_source())
    found = json.loads(outputs.evaluate_all(_RUN))
    return [
        Violation(each["id"], each["impact"], tuple(_elements(each["nodes"])))
        for each in found
        if each["impact"] in impacts
    ]


def require() -> None:
    """Skip the test where axe-core is not installed; on the machine that decides that is a failure."""
    if PATH.exists():
        return
    missing = (
        f"axe-core is not installed ({PATH}): `make test` does it where npm reaches a registry"
    )
    if chromium.is_required():
        pytest.fail(missing)
    pytest.skip(missing)


@cache
def _source() -> str:
    # an AMD loader in the page would take the module, and keep it from the page
    return (
        f"(() => {{ const define = undefined, module = undefined; {PATH.read_text('utf-8')} }})()"
    )


def _elements(nodes: Sequence[dict[str, str]]) -> list[str]:
    return [
        f"{node['html'][:160]}: {node['failureSummary'].splitlines()[-1].strip()}" for node in nodes
    ]
