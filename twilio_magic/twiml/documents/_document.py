"""Documents: parsing whatever is given for one, its verbs and its problems."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, Protocol, runtime_checkable

from ...display import Shown, visible_line
from ...errors import TwimlError
from ..language._tree import Tree, read
from ..language._vocabulary import vocabulary
from ..language._wellformed import decode
from ..rules._walk import find_problems
from ._element import Element
from ._to_python import to_python

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...problem import Problem


_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>\s*")
_FIRST_TAG = re.compile(r"<([\w:.-]+)")


@runtime_checkable
class HasXml(Protocol):
    """What writes itself as XML: an element of our builder, or of the official SDK."""

    def to_xml(self) -> Any:
        """The element as XML."""


def parse(twiml: Twiml, *, name: str | None = None, first_line: int = 1) -> Document:
    """Parse *twiml* into a document: text, bytes, or what our builder or the official SDK made.

    *name* is what the document is called in a repr, *first_line* the number that its first line has
    where the user sees it. A root other than ``<Response>`` is a document too; `check` has
    something to say about it. Raises `NotXml`, with line and column, for what is not well-formed,
    has a DTD or entities of its own (12100), or is too large (11750).
    """
    return Document(read(to_markup(twiml), first_line=first_line), name=name)


def as_document(twiml: Twiml) -> Document:
    """The document that *twiml* is, or that is parsed from it; raises `NotXml` as `parse` does."""
    return twiml if isinstance(twiml, Document) else parse(twiml)


def to_markup(twiml: object) -> str | bytes:
    """The text or the bytes that *twiml* stands for; raises `TwimlError` for what is no document.

    An element other than Response, of our builder or of the official SDK, is put into one.
    """
    if isinstance(twiml, (str, bytes)):
        return twiml
    if isinstance(twiml, Document):
        return twiml.text
    to_xml = getattr(twiml, "to_xml", None)
    if callable(to_xml) and not isinstance(twiml, type):
        return _put_into_root(to_xml())
    raise TwimlError(
        f"{twiml!r} is no document",
        hint="give text, bytes, a document, or what has to_xml(), such as a VoiceResponse",
    )


def to_text(twiml: Twiml) -> str:
    """The text of *twiml*, whatever its XML is worth; raises `NotXml` for bytes that are no text."""
    markup = to_markup(twiml)
    return decode(markup) if isinstance(markup, bytes) else markup


def _put_into_root(xml: str | bytes) -> str | bytes:
    """Put an element that stands alone into a Response."""
    if isinstance(xml, bytes):
        return xml
    root = vocabulary().root
    bare = _DECLARATION.sub("", xml, count=1)
    first = _FIRST_TAG.match(bare)
    is_whole = first is None or first[1] == root
    return xml if is_whole else f"<{root}>{bare}</{root}>"


class Document(Shown):
    """A TwiML document: the text as it was written, and the elements in it.

    Made by `parse`. *context* is where it is run when that is not the call itself, as `check` has it.
    Two documents are equal when their texts are.
    """

    view = "twilio_magic.views.preview:bundle"

    def __init__(self, tree: Tree, *, name: str | None = None, context: str | None = None) -> None:
        self.name = name
        self.context = context
        #: Whether warnings refuse it, as errors do, where it is shown.
        self.is_strict = False
        #: Whether it is shown next below the cell that it stands in, where its source can be read.
        self.is_below_source = False
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
        return find_problems(self._tree, context=self.context)

    def with_problems(self, **use: Any) -> Document:
        """The same document, with the *problems* that `check` finds with these keywords."""
        use = {"context": self.context, **use}
        again = Document(self._tree, name=self.name, context=use["context"])
        again.problems = find_problems(self._tree, **use)
        return again

    def to_python(self, flavour: Literal["twilio_magic", "sdk"] = "twilio_magic") -> str:
        """Write Python code that builds this document, with our builder or with the official SDK's."""
        return to_python(self.root, self.problems, flavour)

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        title = f"Document {self.name}" if self.name else "Document"
        return visible_line(
            f"<{title}: {', '.join(verb.name for verb in self.verbs) or 'no verbs'}>"
        )

    def __eq__(self, other: object) -> bool:
        return self.text == other.text if isinstance(other, Document) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.text)

    def __reduce__(self) -> tuple[Any, ...]:
        return _parse_again, (self.text, self.name, self.first_line, self.context)


def _parse_again(
    text: str, name: str | None, first_line: int, context: str | None = None
) -> Document:
    document = parse(text, name=name, first_line=first_line)
    document.context = context
    return document


#: What every public function takes that takes a document.
Twiml = str | bytes | Document | HasXml
