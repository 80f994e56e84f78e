"""A phone's part of a call as the steps of a dialog: every sentence that was heard, and what was done, in order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from ...records import dataclass
from ...scripts import PATIENCE, REACTION_SECONDS, plain_words

if TYPE_CHECKING:
    from ...timeline import Event

#: By how much the end of a word may lie behind that of its speech, whose seconds are rounded.
LAST_WORD_SECONDS = 0.05
_BEEP_SECONDS = 0.4
_KEY_SECONDS = 0.3  # a tone and the gap behind it
_TOGETHER = 0.32  # seconds between keys of one number
_MOST_WORDS = 14  # in one hear
_ENDS = (".", "?", "!", "…")
_QUOTES = re.compile(r"[\"“”]")
_NOT_KEPT = "•"


@dataclass(frozen=True, slots=True)
class HeardWord:
    """A word, and the moment at which it ends, in seconds since the call was created; a beep has no text.

    It *begins* what is said at once: the words before it belong to something else, which may have been cut off.
    """

    text: str
    at: float
    begins: bool = False


@dataclass(frozen=True, slots=True)
class Act:
    """What a phone did, from *at* to *until*, in seconds since the call was created; *step* says it as a step."""

    kind: Literal["press", "say", "text", "read", "hang up"]
    at: float
    until: float
    step: str


def conversation_lines(
    words: Sequence[HeardWord], acts: Iterable[Act], answered: float, ended: float
) -> Iterator[str]:
    """The steps that repeat *acts*, each behind what was heard before it, from *answered* on until the call *ended*.

    Nobody who is still doing something then comes to hear what was said meanwhile.
    """
    left, free_at = list(words), answered
    for act in acts:
        news = [word for word in left if word.at <= act.at + 0.001]
        left = left[len(news) :]
        yield from hear_steps(news, free_at)
        since = max(free_at, news[-1].at) if news else free_at
        is_quiet = not left or left[0].at > act.until
        yield from _wait(act, round(act.at - since, 3), may_react=bool(news) and is_quiet)
        yield act.step
        free_at = act.until
        if act.kind == "hang up":
            return
    if free_at <= ended:
        yield from hear_steps(left, free_at)


def _wait(act: Act, seconds: float, *, may_react: bool) -> Iterator[str]:
    """A wait of so many *seconds* before *act*; none for as long as people take to react, if nothing is said then."""
    is_reaction = may_react and act.kind in ("press", "say") and seconds < REACTION_SECONDS
    is_timed = act.kind in ("press", "say")
    if not is_reaction and act.kind not in ("read", "text") and (seconds > 0 or is_timed):
        yield f"wait {max(0.0, seconds):.3f}".rstrip("0").rstrip(".")


def hear_steps(news: Sequence[HeardWord], since: float) -> Iterator[str]:
    """A step for each sentence that was heard after the moment *since*, and one for each beep.

    Of beeps that came until then, while something was done, a phone that waits for one finds the last.
    """
    sentence: list[str] = []
    beeps = [word for word in news if not word.text]
    missed = [
        beep
        for beep, later in pairwise(beeps)
        if beep.at <= since and later.at <= since + _BEEP_SECONDS
    ]
    for place, word in enumerate(news):
        if word.text:
            sentence.append(word.text)
        is_over = word.text.endswith(_ENDS) or len(sentence) >= _MOST_WORDS or not word.text
        is_cut = place == len(news) - 1 or news[place + 1].begins
        if sentence and (is_over or is_cut):
            yield from _hear_sentence(" ".join(sentence), word.at - since)
            sentence, since = [], word.at
        if not word.text and word not in missed:
            yield "hear beep"
            since = word.at


def _hear_sentence(text: str, seconds: float) -> Iterator[str]:
    """A step that waits for *text*, which took so many *seconds* to come; longer than people wait if it has to."""
    words = _QUOTES.sub("", text)
    within = f" within {int(seconds) + 60}" if seconds > PATIENCE - 60 else ""
    if plain_words(words):
        yield f'hear "{words}"{within}'


def acts_in(events: Iterable[Event], far_end: str) -> Iterator[Act]:
    """What the phone at *far_end* did in *events*, those of its own leg; keys that follow each other are one act."""
    keys: list[Event] = []
    for event in events:
        if event.kind == "pressed":
            if keys and event.at - keys[-1].at > _TOGETHER:
                yield _press(keys)
                keys = []
            keys.append(event)
            continue
        act = _act(event, far_end)
        if act is not None:
            if keys:
                yield _press(keys)
                keys = []
            yield act
    if keys:
        yield _press(keys)


def _press(keys: Sequence[Event]) -> Act:
    pressed = "".join(str(event.data["key"]) for event in keys)
    step = f"press {pressed}"
    if _NOT_KEPT in pressed:
        step = "# here keys were pressed that are not kept: payment details"
    half = _KEY_SECONDS / 2
    return Act("press", round(keys[0].at - half, 3), round(keys[-1].at + half, 3), step)


def _act(event: Event, far_end: str) -> Act | None:
    data = event.data
    if event.kind == "spoke" and data.get("sound") == "speech":
        said = _QUOTES.sub("", str(data["words"]).removesuffix("…").strip())
        sure = "" if data.get("confidence") == 0.9 else f" confidence {data.get('confidence'):g}"
        until = round(event.at + float(data.get("seconds", 0.0)), 3)
        return Act("say", event.at, until, f'say "{said}"{sure}') if said else None
    if event.kind == "hung up" and event.text == f"by {far_end}":
        return Act("hang up", event.at, event.at, "hang up")
    if event.kind == "texted":
        return _message(event, far_end)
    return None


def _message(event: Event, far_end: str) -> Act | None:
    """What the phone did with text messages: reading one, or sending one."""
    data, at = event.data, event.at
    if "read" in data:
        words = _QUOTES.sub("", " ".join(str(data["read"]).split()))
        return Act("read", at, at, f'hear text "{words}"' if plain_words(words) else "hear text")
    if data.get("from_") == far_end and "to" in data:
        body = _QUOTES.sub("", " ".join(str(data["body"]).split()))
        began = round(at - REACTION_SECONDS, 3)
        return Act("text", began, at, f'text "{body}" to {data["to"]}') if body else None
    return None
