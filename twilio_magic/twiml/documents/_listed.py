"""Lists that a notebook shows: what the checker found, and the sentences that say what a document does."""

from __future__ import annotations

from typing import ClassVar

from ...display import Shown, visible_line
from ...problem import Problem

_VIEWS = "twilio_magic.views.problems"


class Problems(list[Problem], Shown):
    """The problems of a document, in its order. It is a list; shown, it has one line a problem."""

    view: ClassVar[str] = f"{_VIEWS}:bundle_problems"

    def __repr__(self) -> str:
        return "\n".join(map(str, self)) or "no problems"


class Sentences(list[str], Shown):
    """What a document does, a sentence for each verb. It is a list; shown, it has one line a sentence."""

    view: ClassVar[str] = f"{_VIEWS}:bundle_sentences"

    def __repr__(self) -> str:
        return "\n".join(map(visible_line, self)) or "nothing"
