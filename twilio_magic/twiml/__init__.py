"""TwiML: what it consists of, what is wrong with a document, and what a caller would hear.

Nothing here knows of calls, notebooks or networks.
"""

from __future__ import annotations

from ._check import check
from ._complete import Choice, Completion, complete
from ._describe import describe
from ._document import Document, Element, parse
from ._draft import Draft, Part, Path
from ._explain import explain
from ._nearest import nearest
from ._pointing import pointed_at
from ._problem import Problem
from ._speech import TIMED, Speech, Word, speak_text, speech
from ._template import fill, literal, names
from ._values import METHODS
from ._vocabulary import AttributeRow, ElementRow, ErrorCode, Vocabulary, Voice, vocabulary
from ._wording import wanted

__all__ = [
    "METHODS",
    "TIMED",
    "AttributeRow",
    "Choice",
    "Completion",
    "Document",
    "Draft",
    "Element",
    "ElementRow",
    "ErrorCode",
    "Part",
    "Path",
    "Problem",
    "Speech",
    "Vocabulary",
    "Voice",
    "Word",
    "check",
    "complete",
    "describe",
    "explain",
    "fill",
    "literal",
    "names",
    "nearest",
    "parse",
    "pointed_at",
    "speak_text",
    "speech",
    "vocabulary",
    "wanted",
]
