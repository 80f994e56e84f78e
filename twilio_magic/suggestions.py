"""Suggestions: the known word that is nearest to one that is not known, and the question whether it was meant."""

from __future__ import annotations

from difflib import SequenceMatcher
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

#: How alike two words have to be, from 0 to 1; less if they are short, where one wrong letter is much.
_CUTOFF, _CUTOFF_SHORT = 0.7, 0.6
_SHORT = 4
#: difflib is quadratic, and no known name is longer.
_LONGEST = 80
#: How many answers are kept for each list of known words: the same mistake is made again.
_REMEMBERED = 200


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The one of *known* that *word* was probably meant to be, or None.

    The same word in another case comes first, then the one with the fewest differences, as difflib counts them.
    """
    return _candidates(tuple(known)).nearest(word.casefold()[:_LONGEST])


def by_likeness(word: str, known: Iterable[str]) -> list[str]:
    """All that is *known*, the most like *word* first, as difflib counts; of two the first one in the alphabet."""
    matcher = SequenceMatcher(b=word.casefold()[:_LONGEST])

    def unlikeness(each: str) -> tuple[float, str]:
        matcher.set_seq1(each.casefold()[:_LONGEST])
        return -matcher.ratio(), each

    return sorted(known, key=unlikeness)


class Suggestion(str):
    """A hint that proposes the word *meant*; an editor offers a button that writes it in place of *wrong*.

    The hint may go on behind the *question*, which is a sentence of its own.
    """

    __slots__ = ("meant", "question", "wrong")

    meant: str
    question: str
    wrong: str

    def __new__(
        cls, hint: str, meant: str = "", *, question: str = "", wrong: str = ""
    ) -> Suggestion:
        """Make the *hint*; without a *question* it is one as a whole."""
        made = super().__new__(cls, hint)
        made.meant, made.question, made.wrong = meant, question or hint, wrong
        return made

    @property
    def rest(self) -> str:
        """What the hint says behind its question."""
        return self.removeprefix(self.question).strip()

    def followed_by(self, text: str) -> Suggestion:
        """The hint with *text* behind it."""
        hint = f"{self} {text}"
        return Suggestion(hint, self.meant, question=self.question, wrong=self.wrong)


def did_you_mean(
    meant: str | None, written: str = "{}", *, starts_sentence: bool = True, wrong: str = ""
) -> str:
    """The question whether *meant* was meant, as a :class:`Suggestion`, or an empty text where it is None.

    *written* is how the word is written where it belongs, such as ``<{}>``; *wrong* what stands there now.
    """
    if not meant:
        return ""
    question = f"{'Did' if starts_sentence else 'did'} you mean {written.format(meant)}?"
    return Suggestion(question, meant, wrong=wrong)


class _Candidates:
    """Known words, with what is needed to see fast that most of them are not meant."""

    def __init__(self, known: tuple[str, ...]) -> None:
        self._known = {word.casefold(): word for word in known}
        self._bits: dict[tuple[str, int], int] = {}
        self._by_length: dict[int, list[tuple[int, str]]] = {}
        for folded in self._known:
            mask = 0
            for letter in _numbered_letters(folded):
                mask |= self._bits.setdefault(letter, 1 << len(self._bits))
            self._by_length.setdefault(len(folded), []).append((mask, folded))
        self._found: dict[str, str | None] = {}

    def nearest(self, word: str) -> str | None:
        """The known word that is most alike to *word*, which is folded; of two, the last in the alphabet."""
        if word in self._known:
            return self._known[word]
        if word not in self._found:
            if len(self._found) >= _REMEMBERED:
                self._found.clear()
            self._found[word] = self._find(word)
        return self._found[word]

    def _find(self, word: str) -> str | None:
        cutoff = _CUTOFF if len(word) > _SHORT else _CUTOFF_SHORT
        best = (cutoff, "")
        matcher = SequenceMatcher(b=word)
        for bound, folded in self._by_bound(word, cutoff):
            if bound < best[0]:
                break
            matcher.set_seq1(folded)
            best = max(best, (matcher.ratio(), folded))
        return self._known[best[1]] if best[1] else None

    def _by_bound(self, word: str, cutoff: float) -> list[tuple[float, str]]:
        """How alike *word* and each known word are at most, by the letters that they share; the most alike first."""
        mask, length = self._mask(word), len(word)
        bounds = []
        for size, words in self._by_length.items():
            least = cutoff * (length + size) / 2  # letters to share
            if least <= min(length, size):
                bounds += [
                    (2 * shared / (length + size), folded)
                    for letters, folded in words
                    if (shared := (mask & letters).bit_count()) >= least
                ]
        return sorted(bounds, reverse=True)

    def _mask(self, word: str) -> int:
        """A bit for each letter of *word*, and another for the same letter again."""
        return sum(self._bits.get(letter, 0) for letter in _numbered_letters(word))


_candidates = lru_cache(maxsize=64)(_Candidates)


def _numbered_letters(word: str) -> Iterator[tuple[str, int]]:
    """The letters of *word*, each with the number of the same before it."""
    seen: dict[str, int] = {}
    for letter in word:
        number = seen[letter] = seen.get(letter, -1) + 1
        yield letter, number
