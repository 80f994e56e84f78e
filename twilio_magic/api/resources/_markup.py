"""TwiML among the parameters of a call, however it is given."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ...twiml import Document, Problem


def with_markup(parameters: Mapping[str, Any]) -> tuple[dict[str, Any], Document | None]:
    """*parameters* with TwiML, however it is given, as its text, and the document that it is.

    Raises :class:`NotXml` for what is not XML. What the checker says of it is in ``document.problems``.
    """
    given, document = dict(parameters), None
    for name in {"twiml", "Twiml"} & given.keys():
        if given[name] is not None:
            from ...twiml import Document, parse

            markup = given[name]
            document = markup if isinstance(markup, Document) else parse(markup)
            given[name] = document.text
    return given, document


def find_problems_of(document: Document) -> list[Problem]:
    """What the checker says of *document* as the Twiml parameter of a call."""
    from ...twiml import check

    return check(document, inline=True)
