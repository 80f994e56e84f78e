"""The facts about ConversationRelay sessions, read from ``conversation_relay.json``.

Source: Twilio's pages "TwiML Voice: ConversationRelay" and "Getting and sending WebSocket messages". Times are medians
of captures of real calls that were published; ``docs/fidelity.md`` says which of them are guesses.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import field
from functools import cache
from importlib.resources import files

from ...records import dataclass


@dataclass(frozen=True, slots=True)
class Timing:
    """How long things take, in simulated seconds."""

    connect: float  # from the answer of the webhook to the open socket
    greeting: float  # from the setup message to the first sound of the greeting
    first_sound: float  # from the first token to its sound, while the agent is silent
    pause: float  # from the last token to the end of a piece that ends as a sentence does
    unspoken: float  # from the last token to the warning that the rest is not spoken
    piece_start: float  # what a piece of speech takes beside its characters
    characters_per_second: float
    key: float  # what a key of sendDigits takes
    speech_noticed: float  # from the caller's first sound to clientSpeaking on
    interrupt: float  # from the caller's first sound to the agent's silence
    first_partial: float
    next_partial: float
    final: float  # from the caller's last sound to the final prompt, with speechTimeout="auto"
    preempt: float
    sound_off: float  # from an interrupt to agentSpeaking off
    error: float  # from a malformed message to the error message
    give_up: float  # from the last error message to the close
    end: float  # from the end message to the close
    action: float  # from the close to the action request
    action_after_drop: float


@dataclass(frozen=True, slots=True)
class MessageRow:
    """A message that an application may send: the kinds of its *required* and *optional* fields by name.

    Of the fields in *one_of* one at least is needed.
    """

    required: Mapping[str, str]
    optional: Mapping[str, str]
    one_of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RelaySpec:
    """The whole table."""

    timing: Timing
    close: Mapping[str, tuple[int, str]]
    models_of_bare_languages: tuple[str, ...]
    silent_events: tuple[str, ...]  # those that may be subscribed to, and never come here
    session_settings: tuple[str, ...]  # attributes that a config message changes
    most_malformed: int
    closes_in_order: tuple[int, ...]  # codes after which no socket is opened again
    reconnect_after: tuple[
        float, ...
    ]  # the seconds before each attempt to open a lost socket again
    most_kept: int  # how many messages are kept for the application meanwhile
    headers: Mapping[str, str]
    also_signed: tuple[str, ...]  # headers with the signature once more
    call_types: Mapping[str, str]
    call_statuses: Mapping[str, str]
    ended: str
    interrupt_characters: Mapping[str, int]
    backchannel: frozenset[str]
    messages: Mapping[str, MessageRow]
    longest_piece: int  # characters
    default_loop: int
    endless_loop: int
    source: str = field(repr=False, default="")


@cache
def relay_spec() -> RelaySpec:
    """The table, read once."""
    text = files(__package__).joinpath("conversation_relay.json").read_text("utf-8")
    table = json.loads(text)
    return RelaySpec(
        **{
            **table,
            "timing": Timing(**table["timing"]),
            "close": {name: (code, reason) for name, (code, reason) in table["close"].items()},
            "models_of_bare_languages": tuple(table["models_of_bare_languages"]),
            "also_signed": tuple(table["also_signed"]),
            "closes_in_order": tuple(table["closes_in_order"]),
            "reconnect_after": tuple(table["reconnect_after"]),
            "silent_events": tuple(table["silent_events"]),
            "session_settings": tuple(table["session_settings"]),
            "backchannel": frozenset(table["backchannel"]),
            "messages": {
                name: MessageRow(**{**row, "one_of": tuple(row.get("one_of", ()))})
                for name, row in table["messages"].items()
            },
        }
    )
