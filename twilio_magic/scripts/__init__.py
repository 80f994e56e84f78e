"""The language of phones and dialogs: its table, how it is read, what Tab knows of it. It knows nothing of calls."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ._blocks import Block, Node
    from ._complete import complete_script
    from ._dialog_text import DialogText, read_dialogs
    from ._expectations import Expectation
    from ._givens import GivenLine, Header
    from ._party import PERSON, PartyText
    from ._phone_names import is_phone_name
    from ._phrase import Phrase, plain_words
    from ._script import Playing, Ringing, Script, script, steps_of
    from ._script_list import list_scripts
    from ._step import PATIENCE, REACTION_SECONDS, Action, Step
    from ._table import Statement, StatementTable, statement_table
else:
    from ..front_door import open_front_door

    __getattr__, __dir__ = open_front_door(
        __name__,
        {
            "._blocks": "Block, Node",
            "._complete": "complete_script",
            "._dialog_text": "DialogText, read_dialogs",
            "._expectations": "Expectation",
            "._givens": "GivenLine, Header",
            "._party": "PERSON, PartyText",
            "._phone_names": "is_phone_name",
            "._phrase": "Phrase, plain_words",
            "._script": "Playing, Ringing, Script, script, steps_of",
            "._script_list": "list_scripts",
            "._step": "PATIENCE, REACTION_SECONDS, Action, Step",
            "._table": "Statement, StatementTable, statement_table",
        },
    )

__all__ = [
    "PATIENCE",
    "PERSON",
    "REACTION_SECONDS",
    "Action",
    "Block",
    "DialogText",
    "Expectation",
    "GivenLine",
    "Header",
    "Node",
    "PartyText",
    "Phrase",
    "Playing",
    "Ringing",
    "Script",
    "Statement",
    "StatementTable",
    "Step",
    "complete_script",
    "is_phone_name",
    "list_scripts",
    "plain_words",
    "read_dialogs",
    "script",
    "statement_table",
    "steps_of",
]
