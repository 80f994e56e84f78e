"""Did you mean: the known word that is nearest to one that is not known."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The one of *known* that *word* was probably meant to be, or None.

    The same word in another case comes first, then the one with the fewest differences.
    """
    candidates = {candidate.casefold(): candidate for candidate in known}
    folded = word.casefold()[:80]  # difflib is quadratic, and no name is longer
    if folded in candidates:
        return candidates[folded]
    close = get_close_matches(folded, candidates, n=1, cutoff=0.7)
    return candidates[close[0]] if close else None
