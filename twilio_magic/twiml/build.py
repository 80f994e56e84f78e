"""Building documents in Python, checked as they are built.

For example::

    from twilio_magic.twiml.build import Response, Say

    Response().gather(Say("Press 1 for sales"), num_digits=1, action="/menu").hangup().document

There is a class for every element of the vocabulary, and every element has a method for each child
that it may hold. A method adds the child and returns the element it was called on, so that calls
can be chained. Text and children are positional, attributes are keywords in Python's spelling:
``num_digits``, ``from_``, ``xml_lang``. True and False, numbers and lists are written as TwiML has
them.

What the vocabulary does not know (an element, an attribute, a value that Twilio does not take)
raises `TwimlError` at once, with Twilio's code and the nearest name that exists.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .writing._builder import Node, class_of, classes

if TYPE_CHECKING:
    from collections.abc import Sequence


def __getattr__(name: str) -> type[Node]:
    if name not in classes():
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return class_of(classes()[name])


def __dir__() -> Sequence[str]:
    return sorted(["Node", *classes()])
