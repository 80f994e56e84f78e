"""How recognized words are spelled: as hints have them, with masked profanity, with or without punctuation.

Source: Twilio's pages "TwiML Voice: Gather" and "TwiML Voice: Transcription" (hints, profanityFilter,
enableAutomaticPunctuation).
"""

from __future__ import annotations

import re

#: A handful of words that stand for all that are masked.
_PROFANE = re.compile(r"\b(f)uck\w*|\b(s)hit\w*|\b(b)itch\w*|\b(a)sshole\w*", re.IGNORECASE)
_PUNCTUATION = re.compile(r"[.,;:!?…]+(?=\s|$)")


def spell_as_hinted(words: str, hints: str | None) -> str:
    """*words* with each of the *hints*, which commas separate, spelled as it is there."""
    for hint in filter(None, (each.strip() for each in (hints or "").split(","))):
        found = re.compile(rf"(?<!\w){re.escape(hint)}(?!\w)", re.IGNORECASE)
        words = hint.join(found.split(words))
    return words


def mask_profanity(words: str) -> str:
    """*words* with all but the first letter of each profane one masked."""
    return _PROFANE.sub(_mask, words)


def drop_punctuation(words: str) -> str:
    """*words* without the marks that end or divide sentences."""
    return _PUNCTUATION.sub("", words)


def _mask(match: re.Match[str]) -> str:
    word = match.group()
    return word[0] + "*" * (len(word) - 1)
