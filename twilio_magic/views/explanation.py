"""What the caller of a document experiences, sentence by sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from ..display import Shown, visible_line
from ..records import dataclass
from ..twiml import explain
from ._theme import bullets, card, card_title

if TYPE_CHECKING:
    from ..twiml import Document


@dataclass(frozen=True, slots=True, repr=False)
class Explanation(Shown):
    """The explanation of *document*, for showing."""

    view: ClassVar[str] = f"{__name__}:bundle"

    document: Document

    def __repr__(self) -> str:
        return "\n".join(map(visible_line, explain(self.document)))


def bundle(explanation: Explanation) -> dict[str, str]:
    """The MIME bundle of *explanation*."""
    title = card_title(
        f"What the caller of {explanation.document.name or 'this document'} experiences"
    )
    shown = card(title, bullets(explain(explanation.document)))
    return {"text/plain": repr(explanation), "text/html": str(shown)}
