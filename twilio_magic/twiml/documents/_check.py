"""Checking a text or a document as Twilio would, without asking Twilio."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...errors import NotXml
from ...problem import Problem
from ..language._vocabulary import vocabulary
from ..rules._context import find_context
from ..rules._walk import find_problems
from ._document import as_document
from ._listed import Problems

if TYPE_CHECKING:
    from collections.abc import Collection

    from ._document import Twiml


def check(
    text_or_document: Twiml,
    *,
    context: str | None = None,
    inline: bool = False,
    pci: bool = False,
    ignore: Collection[str] = (),
) -> Problems:
    """Check a document: the problems that Twilio would report or a caller would notice, in document order.

    *text_or_document* is text, bytes, a `Document`, or what our builder or the official SDK made.
    An empty list means that all is well. A text that is not XML is one problem (12100) and no
    exception.

    *context* says where the document is run when that is not the call itself: ``wait``,
    ``conference-wait``, ``queue-wait``, ``whisper``, ``client-whisper`` or ``queue-whisper``. Without
    it, the document may know.
    *inline* says that it is given as the ``Twiml`` parameter of the Calls API: 4,000 characters,
    and no relative URLs. *pci* says that the account is in PCI mode, where callbacks must be https.
    *ignore* names rules or codes that are not to be reported.

    Codes and levels are those of Twilio's error and warning dictionary. Raises `ValueError` for a
    *context* that there is not.
    """
    find_context(context)
    try:
        document = as_document(text_or_document)
    except NotXml as error:
        return Problems(_unreadable(error, ignore=ignore))
    place = context or document.context
    return Problems(
        find_problems(document._tree, context=place, inline=inline, pci=pci, ignore=ignore)
    )


def _unreadable(error: NotXml, *, ignore: Collection[str]) -> list[Problem]:
    name = "too-large" if error.code == vocabulary().document["codes"]["size"] else "not-xml"
    if name in ignore or str(error.code) in ignore:
        return []
    return [
        Problem(
            code=error.code,
            level="error",
            message=error.message,
            line=error.line,
            column=error.column,
            hint=error.hint,
            name=name,
        )
    ]
