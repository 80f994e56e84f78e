"""The coverage table of docs/fidelity.md: per element and attribute, what is checked, completed and list_simulated.

``python -m tests.coverage`` writes it anew; a test compares it with what is there. Every cell is asked of the code: the
checker's table, the completer itself, and what the simulated verbs say that they act on.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from twilio_magic.simulation import list_simulated
from twilio_magic.twiml import TIMED, AttributeRow, ElementRow, complete, vocabulary

PAGE = Path(__file__).parents[1] / "docs" / "fidelity.md"
_BEGIN, _END = "<!-- coverage: begin -->", "<!-- coverage: end -->"
_ANYTHING = ("string",)


def how_checked(known: AttributeRow) -> str:
    """What is checked of an attribute: that it may stand there, and what it may hold."""
    return "name" if known.type in _ANYTHING and not known.codes else "name and value"


def is_simulated(known: AttributeRow) -> bool:
    """Whether a simulated call acts on the attribute."""
    if known.element in TIMED:
        return known.name in TIMED[known.element]
    return known.name in list_simulated().get(known.element, ())


def how_completed(known: AttributeRow) -> str:
    """What Tab offers of an attribute: its name, and values where there is a list of them."""
    values = complete(f'<Response><{known.element} {known.name}="').words
    return "name and values" if values else "name"


def rows() -> Iterator[str]:
    """The lines of the table."""
    yield "| element | attribute | checked | completed | simulated |"
    yield "| --- | --- | --- | --- | --- |"
    for element in vocabulary().elements.values():
        yield f"| **{element.name}** | | yes | yes | {_element(element)} |"
        for known in element.attributes.values():
            acts = "yes" if is_simulated(known) else "not yet"
            yield f"| | `{known.name}` | {how_checked(known)} | {how_completed(known)} | {acts} |"


def _element(row: ElementRow) -> str:
    if row.kind == "root" or row.name in list_simulated():
        return "yes"
    if row.kind == "ssml":
        return "its time" if row.name in TIMED else "as plain words"
    return "not yet"


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
