"""What is known of Media Streams: the rows of ``stream_facts.json``, and their table in ``docs/fidelity.md``.

``python -m tests.simulation.stream_facts`` writes the table anew.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "fidelity.md"
_BEGIN, _END = "<!-- stream facts: begin -->", "<!-- stream facts: end -->"


@dataclass(frozen=True, slots=True)
class Fact:
    """One row: what is known, how sure it is, where it comes from, and why it is *unshown*, if no call can show it."""

    fact: str
    certainty: str
    source: str
    unshown: str = ""


def facts() -> Mapping[str, Fact]:
    """The rows by their names."""
    table = json.loads(Path(__file__).with_suffix(".json").read_text("utf-8"))
    return {name: Fact(**row) for name, row in table["rows"].items()}


def rows() -> Iterator[str]:
    """The lines of the table."""
    yield "| fact | certainty | source | here |"
    yield "| --- | --- | --- | --- |"
    for name, row in facts().items():
        here = f"not shown: {row.unshown}" if row.unshown else "tested"
        yield f"| `{name}`: {row.fact} | {row.certainty} | {row.source} | {here} |"


def page() -> str:
    """The whole page, with its table as it should be."""
    before, _, rest = PAGE.read_text("utf-8").partition(_BEGIN)
    after = rest.partition(_END)[2]
    return "\n".join([f"{before}{_BEGIN}", *rows(), f"{_END}{after}"])


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(), "utf-8")


if __name__ == "__main__":
    main()
