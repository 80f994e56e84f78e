"""A person's acts, written as the script of a phone.

They acted on what they heard, so each act waits for the words before it (``hear``), and then for as long as they did.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ...records import dataclass
from ._conversation import LAST_WORD_SECONDS

if TYPE_CHECKING:
    from ._person import Notice

_WORDS_AT_MOST = 5  # in a hear: the last ones before the act are enough to know the place
_AT_ONCE = 0.3  # seconds of a pause that is too short to be on purpose
_SAME_NUMBER = 1.0  # seconds between keys that belong together
_KEY_SECONDS = 0.3
_ENDS_RINGING = {"answered": "answer", "declined": "reject"}
_ACTS = ("pressed", "spoke", "hung up")
_QUOTES = re.compile(r"[\"“”]")
_NOT_KEPT = "•"
_WORD = re.compile(r"\w+(?:['’]\w+)?")


@dataclass(frozen=True, slots=True)
class _Heard:
    """A word as it is compared, and the moment at which it has been heard; a beep is the word with no text."""

    text: str
    at: float
    begins: bool = False  # something that is said at once


def script_of(log: Sequence[Notice]) -> str:
    """The script that repeats the acts in *log*, one step a line."""
    if not log:
        return ""
    steps = [*_ringing(log), *_talking(log)]
    return "\n".join(steps)


def _ringing(log: Sequence[Notice]) -> Iterator[str]:
    """Steps up to the end of the ringing; none for a phone that called."""
    if log[0].kind != "ringing":
        return
    end = next((each for each in log if each.kind in (*_ENDS_RINGING, "over")), log[-1])
    if end.kind not in _ENDS_RINGING:
        yield "no answer"
        return
    yield f"ring {_seconds(end.at - log[0].at)}"
    yield _ENDS_RINGING[end.kind]


def _talking(log: Sequence[Notice]) -> Iterator[str]:
    answered = next((each.at for each in log if each.kind == "answered"), None)
    if answered is None:
        return
    heard, free_at = list(words_in(log)), answered
    for act in _acts(log):
        news = [word for word in heard if free_at <= word.at <= act.at]
        heard = [word for word in heard if word.at > act.at]
        yield from _cue(news, act.at, free_at)
        yield _step(act)
        free_at = act.at + (_KEY_SECONDS * len(act.text) if act.kind == "pressed" else act.seconds)


@dataclass(frozen=True, slots=True)
class _Act:
    kind: str
    at: float
    text: str
    seconds: float


def _acts(log: Sequence[Notice]) -> Iterator[_Act]:
    """The person's acts; keys that follow each other at once are one act."""
    keys: _Act | None = None
    last = 0.0
    for notice in log:
        if notice.kind == "pressed" and keys is not None and notice.at - last <= _SAME_NUMBER:
            keys, last = _Act(keys.kind, keys.at, keys.text + notice.text, 0.0), notice.at
            continue
        if keys is not None and notice.kind in _ACTS:
            yield keys
            keys = None
        if notice.kind == "pressed":
            keys, last = _Act(notice.kind, notice.at, notice.text, 0.0), notice.at
        elif notice.kind in _ACTS:
            yield _Act(notice.kind, notice.at, notice.text, notice.seconds)
    if keys is not None:
        yield keys


def words_in(log: Sequence[Notice]) -> Iterator[_Heard]:
    """Every word and beep that was heard to its end, in order."""
    for notice, end in zip(log, _ends(log), strict=True):
        if notice.kind == "beep":
            at = round(notice.at + notice.seconds, 3)
            if at <= end:
                yield _Heard("", at)
        elif notice.kind == "heard" and notice.speech is not None:
            for place, word in enumerate(notice.speech.words):
                at = round(notice.at + word.end, 3)
                if at <= end + LAST_WORD_SECONDS:
                    yield _Heard(word.text, at, place == 0)


def _ends(log: Sequence[Notice]) -> list[float]:
    """For each notice of *log* the moment that cuts off what is heard: of what was noticed later, if at that moment."""
    ends, end = [], float("inf")
    for notice in reversed(log):
        ends.append(end)
        end = notice.at if notice.kind in ("cut", "over") else end
    return ends[::-1]


def _cue(news: Sequence[_Heard], at: float, free_at: float) -> Iterator[str]:
    """Steps for what the person waited for before they acted at the moment *at*, free to act since *free_at*."""
    since = free_at
    if news:
        since = news[-1].at
        yield from _hearing(news)
    wait = at - since
    if wait >= _AT_ONCE or not news:
        yield f"wait {_seconds(wait)}"


def _hearing(news: Sequence[_Heard]) -> Iterator[str]:
    """Steps that wait for the last of *news*: its words, as often as they were said, or a beep."""
    if not news[-1].text:
        yield "hear beep"
        return
    last = max((place for place, word in enumerate(news) if not word.text), default=-1)
    words = [word.text for word in news[last + 1 :]]
    phrase = " ".join(words[-_WORDS_AT_MOST:])
    for _ in range(_times(phrase, " ".join(words))):
        yield f'hear "{_QUOTES.sub("", phrase)}"'


def _times(phrase: str, text: str) -> int:
    """How often a phone that waits for *phrase* finds it in *text*; at least once."""
    wanted, words = _WORD.findall(phrase.casefold()), _WORD.findall(text.casefold())
    count = place = 0
    while wanted and place + len(wanted) <= len(words):
        found = words[place : place + len(wanted)] == wanted
        count, place = count + found, place + (len(wanted) if found else 1)
    return max(count, 1)


def _step(act: _Act) -> str:
    if act.kind == "hung up":
        return "hang up"
    if act.kind == "spoke":
        return f'say "{_QUOTES.sub("", act.text)}"'
    if _NOT_KEPT in act.text:
        return "# here keys were pressed that are not kept: payment details"
    return f"press {act.text}"


def _seconds(seconds: float) -> str:
    return f"{max(0.0, round(seconds, 1)):g}"
