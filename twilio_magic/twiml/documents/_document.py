"""Documents: parsing a text, its verbs and its problems."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

from ...display import Shown
from ..language._tree import Tree, read
from ..rules._walk import find_problems
from ._element import Element
from ._to_python import to_python

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...problem import Problem


def parse(text: str | bytes, *, name: str | None = None, first_line: int = 1) -> Document:
    """Parse *text* into a document.

    *name* is what the document is called in a repr, *first_line* the number that its first line has
    where the user sees it. A root other than ``<Response>`` is a document too; `check` has
    something to say about it. Raises `NotXml`, with line and column, for what is not well-formed,
    has a DTD or entities of its own (12100), or is too large (11750).
    """
    return Document(read(text, first_line=first_line), name=name)


class Document(Shown):
    """A TwiML document: the text as it was written, and the elements in it.

    Made by `parse`. Two documents are equal when their texts are.
    """

    view = "twilio_magic.views.preview:bundle"

    def __init__(self, tree: Tree, *, name: str | None = None) -> None:
        self.name = name
        self._tree = tree

    @property
    def text(self) -> str:
        """The text as it was written."""
        return self._tree.text

    @property
    def first_line(self) -> int:
        """The number that the first line has where the user sees it."""
        return self._tree.first_line

    @cached_property
    def root(self) -> Element:
        """The outermost element, which should be ``<Response>``."""
        return Element(self._tree.root, self._tree, None)

    @property
    def verbs(self) -> tuple[Element, ...]:
        """The elements directly inside the root, in the order in which Twilio runs them."""
        return self.root.children

    def elements(self) -> Iterator[Element]:
        """Every element, in the order of the text."""
        return self.root.descend()

    @cached_property
    def problems(self) -> list[Problem]:
        """The problems that `check` finds, with no rule switched off."""
        return find_problems(self._tree)

    def with_problems(self, **use: Any) -> Document:
        """The same document, with the *problems* that `check` finds with these keywords."""
        again = Document(self._tree, name=self.name)
        again.problems = find_problems(self._tree, **use)
        return again

    def to_python(self, flavour: Literal["twilio_magic", "sdk"] = "twilio_magic") -> str:
        """Write Python code that builds this document, with our builder or with the official SDK's."""
        return to_python(self.root, self.problems, flavour)

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        title = f"Document {self.name}" if self.name else "Document"
        return f"<{title}: {', '.join(verb.name for verb in self.verbs) or 'no verbs'}>"

    def __eq__(self, other: object) -> bool:
        return self.text == other.text if isinstance(other, Document) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.text)

    def __reduce__(self) -> tuple[Any, ...]:
        return _parse_again, (self.text, self.name, self.first_line)


def _parse_again(text: str, name: str | None, first_line: int) -> Document:
    return parse(text, name=name, first_line=first_line)
