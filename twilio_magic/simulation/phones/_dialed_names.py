"""Problems of a document that dials phones by the names that they have in the simulator: which number to write."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ...twiml import Document, Problem
    from ._phones import Phones

#: The rule whose problems are told with more, and the type of the text of an element that calls a number.
_RULE, _TYPE = "bad-text", "phone-number"


def explain_name(text: str, phones: Phones) -> str:
    """What to write in the place of *text*, where that is the name of a phone that has a number; else nothing."""
    number = phones.address_of(text)
    is_name = number != text and number.startswith("+")
    return f"TwiML takes no names of phones; write {number}" if is_name else ""


def tell_numbers(
    problems: Iterable[Problem], document: Document, phones: Phones
) -> Iterator[Problem]:
    """The *problems* of *document*; one with the name of a phone in the place of a number tells the number."""
    for problem in problems:
        text = _text_at(problem, document) if problem.name == _RULE else ""
        step = explain_name(text, phones)
        message = f"{text!r} is not a phone number: {step}"
        yield replace(problem, message=message, hint=None) if step else problem


def _text_at(problem: Problem, document: Document) -> str:
    """The text of the last element that *problem* may be about, if it calls a number."""
    place = str(problem.element), problem.line
    found = [each for each in document.root.descend() if (each.name, each.line) == place]
    row = found[-1].row if found else None
    return found[-1].text if row is not None and row.text.type == _TYPE else ""
