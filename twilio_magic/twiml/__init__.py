"""TwiML: its vocabulary, parsing, checking, explaining, editing and writing documents.

Nothing here knows calls, notebooks or networks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..problem import Problem
    from ..suggestions import nearest
    from ._explain import explain
    from ._speech import TIMED, Speech, Word, chosen_language, speak_text, speech
    from .documents._check import check
    from .documents._document import Document, HasXml, Twiml, as_document, parse, to_markup, to_text
    from .documents._element import Element
    from .documents._listed import Problems, Sentences
    from .documents._relative import Remark, note_relative
    from .editing._complete import Choice, Completion, complete
    from .editing._cursor import pointed_at
    from .editing._describe import describe
    from .editing._draft import Draft, Part, Path
    from .editing._fixes import Change, Fix, find_extent, find_fixes
    from .editing._format import format  # noqa: A004 - twiml.format, as json and black have it
    from .editing._mend import mend
    from .language._nodes import Node, add_node, make_node, write_document
    from .language._rows import AttributeRow, ElementRow, TwimlErrorCode, Voice
    from .language._values import METHODS, accepts, to_value
    from .language._vocabulary import Vocabulary, vocabulary
    from .language._wording import describe_values
    from .writing._template import fill, literal, names
else:
    from ..front_door import open_front_door

    __getattr__, __dir__ = open_front_door(
        __name__,
        {
            "..problem": "Problem",
            "..suggestions": "nearest",
            "._explain": "explain",
            "._speech": "TIMED, Speech, Word, chosen_language, speak_text, speech",
            ".documents._check": "check",
            ".documents._document": (
                "Document, HasXml, Twiml, as_document, parse, to_markup, to_text"
            ),
            ".documents._element": "Element",
            ".documents._listed": "Problems, Sentences",
            ".documents._relative": "Remark, note_relative",
            ".editing._complete": "Choice, Completion, complete",
            ".editing._cursor": "pointed_at",
            ".editing._describe": "describe",
            ".editing._draft": "Draft, Part, Path",
            ".editing._fixes": "Change, Fix, find_extent, find_fixes",
            ".editing._format": "format",
            ".editing._mend": "mend",
            ".language._nodes": "Node, add_node, make_node, write_document",
            ".language._rows": "AttributeRow, ElementRow, TwimlErrorCode, Voice",
            ".language._values": "METHODS, accepts, to_value",
            ".language._vocabulary": "Vocabulary, vocabulary",
            ".language._wording": "describe_values",
            ".writing._template": "fill, literal, names",
        },
        renamed={"wanted": "describe_values"},
    )

__all__ = [
    "METHODS",
    "TIMED",
    "AttributeRow",
    "Change",
    "Choice",
    "Completion",
    "Document",
    "Draft",
    "Element",
    "ElementRow",
    "Fix",
    "HasXml",
    "Node",
    "Part",
    "Path",
    "Problem",
    "Problems",
    "Remark",
    "Sentences",
    "Speech",
    "Twiml",
    "TwimlErrorCode",
    "Vocabulary",
    "Voice",
    "Word",
    "accepts",
    "add_node",
    "as_document",
    "check",
    "chosen_language",
    "complete",
    "describe",
    "describe_values",
    "explain",
    "fill",
    "find_extent",
    "find_fixes",
    "format",
    "literal",
    "make_node",
    "mend",
    "names",
    "nearest",
    "note_relative",
    "parse",
    "pointed_at",
    "speak_text",
    "speech",
    "to_markup",
    "to_text",
    "to_value",
    "vocabulary",
    "write_document",
]
