"""What a caller can try at a stop: the keys that it takes, hints, words, silence, and hanging up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from ._move import OUTCOMES, SILENCE, Move
from ._named import named_keys, named_words

if TYPE_CHECKING:
    from ..twiml import Element
    from ._stop import Stop

ALL_KEYS = "1234567890*#"
_SAMPLE = "1234567890"  # the number that is given where several keys are taken, as far as it goes
_UNKNOWN_WORDS = "something else"
_MESSAGE = "This is a message."
HANG_UP = Move("hang up")


def moves_at(stop: Stop, keys: Iterable[str] = (), words: Iterable[str] = ()) -> list[Move]:
    """The moves at *stop*; the first is what happens when nobody does anything.

    *keys* and *words* are tried besides, where several keys are taken, or words.
    """
    if stop.element is None:
        return []
    if stop.kind == "dial":
        return [*(Move(kind) for kind in OUTCOMES), HANG_UP]
    if stop.kind == "record":
        return [SILENCE, *_recording_moves(stop.element), HANG_UP]
    if stop.kind != "gather":
        return []
    found = [SILENCE]
    taken = stop.element["input"]
    assert isinstance(taken, tuple)  # noqa: S101 - the vocabulary says so
    if "dtmf" in taken:
        found += (Move("press", each) for each in _keys(stop.element, keys))
    if "speech" in taken:
        found += (Move("say", each) for each in _words(stop.element, words))
    return [*found, HANG_UP]


def _keys(gather: Element, more: Iterable[str]) -> Iterator[str]:
    count, finish = gather.get("numDigits"), _finishing_key(gather)
    prompt = prompt_of(gather)
    if count == 1:
        yield from (key for key in ALL_KEYS if key != finish)
        return
    if count is None and named_menu(gather):
        yield from (key for key in ALL_KEYS if key != finish)
    sample = _SAMPLE[: count if isinstance(count, int) else 4]
    yield sample if count is not None else f"{sample}{finish}"
    for each in dict.fromkeys([*more, *(() if count is None else named_keys(prompt))]):
        if each not in ("*", "#", finish):
            yield each


def named_menu(gather: Element) -> list[str]:
    """The keys that the prompt of *gather* names as choices; none where it takes numbers of several keys."""
    count, finish = gather.get("numDigits"), _finishing_key(gather)
    if count not in (None, 1):
        return []
    named = named_keys(prompt_of(gather))
    return [key for key in named if count == 1 or key != finish]


def _words(gather: Element, more: Iterable[str]) -> Iterator[str]:
    hints = (hint.strip() for hint in str(gather.get("hints") or "").split(","))
    known = [hint for hint in hints if hint and not hint.startswith("$")]
    yield from dict.fromkeys([*known, *named_words(prompt_of(gather)), *more, _UNKNOWN_WORDS])


def _recording_moves(record: Element) -> Iterator[Move]:
    yield Move("say", _MESSAGE)
    if finish := _finishing_key(record):
        yield Move("press", finish)


def _finishing_key(verb: Element) -> str:
    """The key that ends the input of *verb*, the first of several; empty if none on a phone does."""
    keys = (key for key in str(verb.get("finishOnKey") or "") if key in ALL_KEYS)
    return next(keys, "")


def prompt_of(verb: Element) -> str:
    """The words of the prompts inside *verb*."""
    said = (child for child in verb if child.name == "Say")
    return " ".join(_words_in(each) for each in said)


def _words_in(element: Element) -> str:
    pieces = (each if isinstance(each, str) else _words_in(each) for each in element.content)
    return " ".join(" ".join(pieces).split())
