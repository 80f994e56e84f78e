"""Problems of a document that dials phones by the names that they have in the simulator: which number to write."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ...twiml import Document, Problem
    from ._phones import Phones

#: The rule whose problems are told with more, and the elements whose text is a number.
_RULE, _ELEMENTS = "bad-text", ("Dial", "Number")


def tell_numbers(
    problems: Iterable[Problem], document: Document, phones: Phones
) -> Iterator[Problem]:
    """The *problems* of *document*; one with the name of a phone in the place of a number tells the number."""
    for problem in problems:
        is_number_wrong = problem.name == _RULE and problem.element in _ELEMENTS
        text = _text_at(problem, document) if is_number_wrong else ""
        number = phones.address_of(text)
        is_name = number != text and number.startswith("+")
        yield _tell(problem, text, number) if is_name else problem


def _text_at(problem: Problem, document: Document) -> str:
    """The text of the last element that *problem* may be about."""
    place = str(problem.element), problem.line
    found = [each for each in document.root.descend() if (each.name, each.line) == place]
    return found[-1].text if found else ""


def _tell(problem: Problem, name: str, number: str) -> Problem:
    message = f"{name!r} is not a phone number: TwiML takes no names of phones; write {number}"
    return replace(problem, message=message, hint=None)
