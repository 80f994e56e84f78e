"""A document as the Python code that builds it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from ._document import Document

Flavour = Literal["twilio_magic", "sdk"]


def to_python(document: Document, flavour: Flavour) -> str:
    """The code that builds *document* again."""
    raise NotImplementedError(f"{document!r} as {flavour} code")
