"""Parts of the documents that Twimlets answer with."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from ...records import dataclass
from ...twiml import Node, add_node, make_node

#: What ``Voice`` and ``Language`` of a Twimlet may be; anything else is not taken.
_VOICES = ("man", "woman", "alice")
_LANGUAGES = ("en", "en-gb", "es", "fr", "de")


@dataclass(frozen=True, slots=True)
class Redirected:
    """An answer that sends Twilio elsewhere."""

    url: str


def response() -> Node:
    """A document without verbs."""
    return make_node("Response")


def add_element(parent: Node, name: str, text: str = "", **attributes: Any) -> Node:
    """Add a verb or noun to *parent*; attributes without a value are left out."""
    element = add_node(parent, name)
    element.text = text or None
    for attribute, value in attributes.items():
        if value not in (None, ""):
            element.set(attribute, str(value))
    return element


def add_message(parent: Node, message: str, voice: str = "", language: str = "") -> None:
    """Add *message*: played if it is the address of a file, else said, in a voice and language if they are known."""
    if message.lower().startswith("http"):
        add_element(parent, "Play", message)
    elif message:
        voice = voice.lower() if voice.lower() in _VOICES else ""
        language = language.lower() if language.lower() in _LANGUAGES else ""
        add_element(parent, "Say", message, voice=voice, language=language)


def with_query(path: str, *parameters: tuple[str, str]) -> str:
    """*path* with those *parameters* that have a value."""
    query = urlencode([each for each in parameters if each[1]])
    return f"{path}?{query}" if query else path
