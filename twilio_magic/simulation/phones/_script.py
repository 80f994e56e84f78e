"""The language of phone scripts: what the person, or the machine, at a phone does.

A script is a list of steps, separated by ``;`` or new lines:

    ring 3; answer; hear "press 1"; press 1; say "sales" confidence 0.9; wait 2; hang up

``hear`` waits for ten minutes at most, or as long as ``within 30`` says behind it. ``text "words"`` sends a text
message to the other end of the call, and ``hear text "words"`` waits for one that comes to the phone.

``busy``, ``no answer``, ``reject``, ``fail``, ``fax`` and ``machine "greeting"`` (with a beep behind it, unless
``no beep`` follows) are used instead of ``answer``. In the script of a phone that calls, ``ring`` is how long it
waits for an answer.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator
from dataclasses import dataclass, replace

from ...errors import PhoneScriptError
from ._grammar import GRAMMAR, USAGE
from ._step import Step

_MARK = re.compile("[;\n\"'“]")
_CLOSING = {'"': '"', "'": "'", "“": "”"}
#: How much of a long line an error shows, before and behind the place.
_AROUND = 200


#: Steps as they come; with each, the words that the phone heard since the last are sent in.
Playing = Generator[Step, str | None, None]


@dataclass(frozen=True, slots=True)
class Script:
    """The steps of one phone, and the text that they were read from."""

    source: str
    steps: tuple[Step, ...]

    def play(self) -> Playing:
        """The steps one after the other."""
        for step in self.steps:  # noqa: UP028 - a tuple cannot be sent what was heard
            yield step

    def error_of(self, step: Step, message: str, hint: str) -> PhoneScriptError:
        """The error for *step*, which did not come true."""
        return _pointing(self.source, step.start, message, hint)

    def __str__(self) -> str:
        return self.source


def script(source: str) -> Script:
    """The script that *source* spells out; raises :class:`PhoneScriptError` that points at the step it cannot read."""
    return Script(source, tuple(steps_of(source)))


class Ringing:
    """What the steps so far have made of the ringing, and whether another step may follow them."""

    def __init__(self) -> None:
        self._is_over = False
        self._decided: Step | None = None

    def follow(self, step: Step) -> str | None:
        """Take *step* as the next one; or say why it cannot be."""
        if self._decided and not self._decided.picks_up:
            name = self._decided.action
            return f"Nothing happens at a phone after {name!r}: leave the rest out."
        if self._is_over and (step.action == "ring" or step.ends_ringing):
            return f"{step.action!r} belongs at the beginning, before the call is answered."
        self._is_over = self._is_over or step.action != "ring"
        self._decided = self._decided or (step if step.ends_ringing else None)
        return None


def steps_of(source: str, ringing: Ringing | None = None) -> list[Step]:
    """The steps in *source*, which follow those that *ringing* knows of; raises :class:`PhoneScriptError`."""
    steps: list[Step] = []
    ringing = ringing or Ringing()
    for begin, end in _cut(source):
        text = source[begin:end].lstrip()
        start, text = end - len(text), text.rstrip()
        if text and not text.startswith("#"):
            step = replace(_step(text, source, start), start=start)
            misplaced = ringing.follow(step)
            if misplaced:
                raise _unreadable(source, start, text, misplaced)
            steps.append(step)
    return steps


def _cut(source: str, start: int = 0) -> Iterator[tuple[int, int]]:
    """Where each step from *start* on begins and ends. In quotes nothing separates; one that nothing closes is none."""
    begin = behind = start
    unclosed: set[str] = set()
    for mark in _MARK.finditer(source, start):
        at, sign = mark.start(), mark.group()
        if at < behind or sign in unclosed:
            continue
        if sign not in _CLOSING:
            yield begin, at
            begin = at + 1
            continue
        closing = source.find(_CLOSING[sign], at + 1)
        behind = closing + 1
        if closing < 0:
            unclosed.add(sign)
    yield begin, len(source)


def _step(text: str, source: str, start: int) -> Step:
    for name, read in GRAMMAR:
        rest = _after(name, text)
        if rest is not None:
            step = read(name, rest)
            if step is None:
                raise _unreadable(source, start, text, f"{name}: {USAGE[name]}")
            return step
    known = ", ".join(name for name, _ in GRAMMAR)
    raise _unreadable(source, start, text, f"A phone can: {known}.")


def _after(name: str, text: str) -> str | None:
    """The rest of *text* after the words of *name*, or ``None`` if it does not begin with them."""
    match = re.match(
        re.escape(name).replace(r"\ ", r"[\s-]+") + r"(?=\s|\"|'|$)", text, re.IGNORECASE
    )
    return text[match.end() :].strip() if match else None


def _unreadable(source: str, start: int, text: str, hint: str) -> PhoneScriptError:
    shown = text if len(text) <= _AROUND else f"{text[:_AROUND]}…"
    return _pointing(source, start, f"{shown!r} is not a step of a phone script.", hint)


def _pointing(source: str, start: int, message: str, hint: str) -> PhoneScriptError:
    """An error with *message* that points at the step that begins at *start*."""
    text = source[slice(*next(_cut(source, start)))].strip()
    line = source.count("\n", 0, start) + 1
    column = start - (source.rfind("\n", 0, start) + 1)
    whole = source.splitlines()[line - 1]
    before, after = whole[:column][-_AROUND:], whole[column:][:_AROUND]
    length = max(1, len(text.splitlines()[0][:_AROUND]) if text else 1)
    pointer = " " * len(before) + "^" * length
    where = (
        f"line {line}, column {column + 1}" if "\n" in source.strip() else f"column {column + 1}"
    )
    shown, here = [before + after, pointer], {"line": line, "column": column + 1}
    return PhoneScriptError(message, place=where, excerpt=shown, hint=hint, **here)
