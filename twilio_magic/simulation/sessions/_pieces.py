"""How the text of an agent becomes pieces of speech, and how long each takes.

Seen on published captures: a piece ends behind ``.``, ``!``, ``?``, ``:`` or ``,`` with a space after it, or at the
end of the talk cycle; the space behind a comma belongs to the piece. Real calls cut elsewhere now and then. What ends
as a sentence does is a piece, too, when no more text comes for a moment; that and the longest piece are guesses.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from ...twiml import Speech, speak_text
from ._spec import relay_spec

_END = re.compile(r"[.!?:](?=\s)|,\s")
_SENTENCE_ENDS = (".", "!", "?", ":")


def cut_pieces(text: str, *, is_whole: bool) -> tuple[list[str], str]:
    """The pieces of *text* that are complete, and the rest. Of a *whole* text nothing is left."""
    pieces, at = [], 0
    for found in _END.finditer(text):
        pieces.append(text[at : found.end()])
        at = found.end()
    longest, rest = relay_spec().longest_piece, text[at:]
    while len(rest) > longest:
        end = rest.rfind(" ", 0, longest) + 1 or longest
        pieces, rest = [*pieces, rest[:end]], rest[end:]
    if is_whole and rest.strip():
        pieces, rest = [*pieces, rest], ""
    return [piece for piece in pieces if piece.strip()], "" if is_whole else rest


def ends_sentence(text: str) -> bool:
    """Whether *text* is whole sentences, though no space is behind the last."""
    return text.endswith(_SENTENCE_ENDS)


@lru_cache(maxsize=512)
def agent_speech(text: str, voice: str | None, language: str) -> Speech:
    """The speech of *text* in an agent's voice: as fast as the captures have it, with its words spread evenly."""
    timing, plain = relay_spec().timing, speak_text(text, language=language)
    seconds = round(timing.piece_start + len(text.strip()) / timing.characters_per_second, 2)
    scale = seconds / plain.seconds if plain.seconds else 1.0
    words = tuple(
        replace(word, start=round(word.start * scale, 3), end=round(word.end * scale, 3))
        for word in plain.words
    )
    return replace(plain, seconds=seconds, words=words, voice=voice or plain.voice)
