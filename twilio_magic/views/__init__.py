"""How documents, problems and calls look: plain text and HTML from plain objects, for notebooks and terminals alike.

HTML here has no script, no ids and no style sheet: inline styles with JupyterLab's CSS variables, so that it reads well
in a light and a dark theme, and in a notebook that is opened without a kernel. Everything that is shown is escaped.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ._settings import CARDS, settings
    from .call_card import text as call_text
    from .explanation import Explanation
    from .form import copyable, note, still, still_code, title
    from .preview import text as document_text
    from .replay import bundle as replay_bundle
    from .request_card import text as request_text
    from .status import Status
    from .table import text as table_text
else:
    from ..front_door import open_front_door

    __getattr__, __dir__ = open_front_door(
        __name__,
        {
            "._settings": "CARDS, settings",
            ".call_card": "text as call_text",
            ".explanation": "Explanation",
            ".form": "copyable, note, still, still_code, title",
            ".preview": "text as document_text",
            ".replay": "bundle as replay_bundle",
            ".request_card": "text as request_text",
            ".status": "Status",
            ".table": "text as table_text",
        },
    )

__all__ = [
    "CARDS",
    "Explanation",
    "Status",
    "call_text",
    "copyable",
    "document_text",
    "note",
    "replay_bundle",
    "request_text",
    "settings",
    "still",
    "still_code",
    "table_text",
    "title",
]
