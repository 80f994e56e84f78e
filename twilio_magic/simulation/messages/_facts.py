"""The facts about text messages, read from ``messages.json``.

Source: Twilio's pages "Messages resource", "Outbound message status in status callbacks", "TwiML for Programmable
Messaging", "Twilio support for opt-out keywords" and the error dictionary. How long each step takes is guessed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from ...records import dataclass


@dataclass(frozen=True, slots=True)
class MessageFacts:
    """The table. *seconds* is how long each step takes, *reported* has the statuses that status callbacks tell.

    A message stays in a *final* status. *codes* are Twilio's, by our names for them, *errors* their words in the API.
    *most* has limits, *verbs* what a document that answers a message may have. A text that is one of the *keywords*
    changes whether a person gets messages, and Twilio gives the one of *answers*. *trial_prefix* stands before what a
    trial account sends.
    """

    seconds: Mapping[str, float]
    reported: tuple[str, ...]
    final: tuple[str, ...]
    codes: Mapping[str, int]
    errors: Mapping[str, str]
    most: Mapping[str, int]
    scheduled_seconds: tuple[int, int]  # from now, in which a scheduled message may be sent
    verbs: tuple[str, ...]
    keywords: Mapping[str, list[str]]
    answers: Mapping[str, str]
    trial_prefix: str


@cache
def message_facts() -> MessageFacts:
    """The table, loaded once."""
    table: Any = json.loads(files(__package__).joinpath("messages.json").read_text("utf-8"))
    lists = {name: tuple(row) for name, row in table.items() if isinstance(row, list)}
    return MessageFacts(**table | lists)
