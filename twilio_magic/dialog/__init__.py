"""Dialogs: conversations that are kept as tests, how they are run, and what became of them line by line."""

from ._application import find_application
from ._dialog import Dialog, DialogList, dialogs
from ._expect import errors_of
from ._place import place_call_alone
from ._report import tell_logged, told_instead
from ._result import DialogResult, DialogResults, LineResult
from ._update import update_dialogs

__all__ = [
    "Dialog",
    "DialogList",
    "DialogResult",
    "DialogResults",
    "LineResult",
    "dialogs",
    "errors_of",
    "find_application",
    "place_call_alone",
    "tell_logged",
    "told_instead",
    "update_dialogs",
]
