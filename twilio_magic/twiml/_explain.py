"""A document told in plain sentences, with the seconds that each part takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ._speech import speech

if TYPE_CHECKING:
    from ._document import Document, Element


def explain(document: Document) -> list[str]:
    """What happens when the document runs, one sentence or two for each verb, in order.

    Seconds of speech are estimates (see `speech`); a verb after which nothing more runs says so.
    """
    return [_sentence(verb) for verb in document.verbs]


def _sentence(verb: Element) -> str:
    if verb.name == "Say":
        spoken = speech(verb)
        return f"Says “{spoken.text}” in {spoken.voice}, about {spoken.seconds:.0f} s."
    return f"{verb.name}."
