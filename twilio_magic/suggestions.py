"""Suggestions: the known word that is nearest to one that is not known, and the question whether it was meant."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

#: How alike two words have to be, from 0 to 1.
_CUTOFF = 0.7
#: difflib is quadratic, and no known name is longer.
_LONGEST = 80


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The one of *known* that *word* was probably meant to be, or None.

    The same word in another case comes first, then the one with the fewest differences.
    """
    candidates = {candidate.casefold(): candidate for candidate in known}
    folded = word.casefold()[:_LONGEST]
    if folded in candidates:
        return candidates[folded]
    close = get_close_matches(folded, candidates, n=1, cutoff=_CUTOFF)
    return candidates[close[0]] if close else None


def did_you_mean(meant: str | None, written: str = "{}", *, starts_sentence: bool = True) -> str:
    """The question whether *meant* was meant, or an empty text where it is None.

    *written* is how the word is written where it belongs, such as ``<{}>``.
    """
    if not meant:
        return ""
    return f"{'Did' if starts_sentence else 'did'} you mean {written.format(meant)}?"
