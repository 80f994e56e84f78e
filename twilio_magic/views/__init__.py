"""How documents, problems and calls look: plain text and HTML from plain objects, for notebooks and terminals alike.

HTML here has no script, no ids and no style sheet: inline styles with JupyterLab's CSS variables, so that it reads well
in a light and a dark theme, and in a notebook that is opened without a kernel. Everything that is shown is escaped.
"""

from ._settings import CARDS, settings
from .call_card import text as call_text
from .explanation import Explanation
from .form import copyable, note, still, still_code, title
from .preview import text as document_text
from .replay import bundle as replay_bundle
from .request_card import text as request_text
from .status import Status
from .table import text as table_text

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
