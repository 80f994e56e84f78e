"""What is known of what Twilio does, in tables: ``relay_facts.json`` of ConversationRelay, ``fork_facts.json`` of live
transcriptions, Siprec and services that are not here, ``stream_facts.json`` of Media Streams.

``python -m tests.simulation.fact_tables`` writes them into ``docs/fidelity.md`` anew.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "fidelity.md"
TABLES = ("relay", "fork", "stream")


@dataclass(frozen=True, slots=True)
class Fact:
    """One row: what is known, how sure it is, where it comes from, and the test that it is *shown_by*, if it names one.

    Where no call can show it, *unshown* says why.
    """

    fact: str
    certainty: str
    source: str
    shown_by: str = ""
    unshown: str = ""


def facts(table: str) -> Mapping[str, Fact]:
    """The rows of a table by their names."""
    path = Path(__file__).parent / f"{table}_facts.json"
    return {name: Fact(**row) for name, row in json.loads(path.read_text("utf-8"))["rows"].items()}


def shown(table: str) -> set[str]:
    """The names of the rows that a call can show."""
    return {name for name, row in facts(table).items() if not row.unshown}


class FactChecks(dict[str, Callable[[], None]]):
    """What checks the rows of a table, by their names."""

    def shows(self, name: str) -> Callable[[Callable[[], None]], Callable[[], None]]:
        """Decorator: the function checks the row *name*."""

        def register(check: Callable[[], None]) -> Callable[[], None]:
            self[name] = check
            return check

        return register


def rows(table: str) -> Iterator[str]:
    """The lines of a table."""
    yield "| fact | certainty | source | here |"
    yield "| --- | --- | --- | --- |"
    for name, row in facts(table).items():
        here = f"not shown: {row.unshown}" if row.unshown else "tested"
        yield f"| `{name}`: {row.fact} | {row.certainty} | {row.source} | {here} |"


def page() -> str:
    """The whole page, with its tables as they should be."""
    text = PAGE.read_text("utf-8")
    for table in TABLES:
        begin, end = (f"<!-- {table} facts: {word} -->" for word in ("begin", "end"))
        before, _, rest = text.partition(begin)
        text = "\n".join([f"{before}{begin}", *rows(table), f"{end}{rest.partition(end)[2]}"])
    return text


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(), "utf-8")


if __name__ == "__main__":
    main()
