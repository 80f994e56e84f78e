"""The language of phone scripts: what the person, or the machine, at a phone does.

A script is a list of steps, separated by ``;`` or new lines:

    ring 3; answer; hear "press 1"; press 1; say "sales" confidence 0.9; wait 2; hang up

``hear`` waits for ten minutes at most, or as long as ``within 30`` says behind it.

``busy``, ``no answer``, ``reject``, ``fail``, ``fax`` and ``machine "greeting"`` (with a beep behind it, unless
``no beep`` follows) are used instead of ``answer``. In the script of a phone that calls, ``ring`` is how long it
waits for an answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field, replace
from typing import Literal

from ...errors import PhoneScriptError

Action = Literal[
    "ring",
    "answer",
    "busy",
    "no answer",
    "reject",
    "fail",
    "machine",
    "fax",
    "hear",
    "hear beep",
    "wait",
    "press",
    "say",
    "hang up",
]

#: How many seconds a step waits at most for what the other side does.
PATIENCE = 600.0

_SECONDS = re.compile(r"(\d+(?:\.\d+)?|\.\d+)\s*(?:s|sec|seconds?)?")
_WITHIN = re.compile(r"(?P<rest>.*?)(?:\s*\bwithin\s+(?P<seconds>[\d.]+\s*\w*))?", re.DOTALL)
_QUOTED = re.compile(r"\"([^\"]*)\"|'([^']*)'|“([^”]*)”")
_KEYS = re.compile(r"[0-9A-D*#wW]+")
_SPOKEN = re.compile(r"(?P<words>\".*\"|'.*'|“.*”)(?:\s+confidence\s+(?P<confidence>[01]?\.?\d+))?")
_GREETING = re.compile(r"(?P<words>\".*\"|'.*'|“.*”)?(?P<silent>\s*no\s+beep)?", re.IGNORECASE)
_MARK = re.compile("[;\n\"'“]")
_CLOSING = {'"': '"', "'": "'", "“": "”"}
#: How much of a long line an error shows, before and behind the place.
_AROUND = 200


@dataclass(frozen=True, slots=True)
class Step:
    """One step: *seconds* of a ring or a wait, or at most until something is heard; *text* that is heard, said or
    pressed; *confidence* of speech.

    *beeps* says whether a machine's greeting ends with a beep. *start* is where the step stands in its script.
    """

    action: Action
    text: str = ""
    seconds: float = 0.0
    confidence: float = 0.9
    beeps: bool = True
    start: int = field(default=0, compare=False)

    @property
    def ends_ringing(self) -> bool:
        """Whether the step decides what becomes of the ringing."""
        return self.picks_up or self.action in ("busy", "no answer", "reject", "fail")

    @property
    def picks_up(self) -> bool:
        """Whether the step answers the call."""
        return self.action in ("answer", "machine", "fax")


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
    for name, read in _GRAMMAR:
        rest = _after(name, text)
        if rest is not None:
            step = read(name, rest)
            if step is None:
                raise _unreadable(source, start, text, f"{name}: {_USAGE[name]}")
            return step
    known = ", ".join(name for name, _ in _GRAMMAR)
    raise _unreadable(source, start, text, f"A phone can: {known}.")


def _after(name: str, text: str) -> str | None:
    """The rest of *text* after the words of *name*, or ``None`` if it does not begin with them."""
    match = re.match(
        re.escape(name).replace(r"\ ", r"[\s-]+") + r"(?=\s|\"|'|$)", text, re.IGNORECASE
    )
    return text[match.end() :].strip() if match else None


def _read_bare(name: Action, rest: str) -> Step | None:
    return None if rest else Step(name)


def _read_seconds(name: Action, rest: str) -> Step | None:
    match = _SECONDS.fullmatch(rest)
    return Step(name, seconds=float(match[1])) if match else None


def _read_words(name: Action, rest: str) -> Step | None:
    heard, seconds = _split_patience(rest)
    match = _QUOTED.fullmatch(heard)
    words = _unquote(match) if match else ""
    if seconds is None or not re.search(r"\w", words):
        return None
    return Step(name, words, seconds=seconds)


def _read_beep(name: Action, rest: str) -> Step | None:
    heard, seconds = _split_patience(rest)
    return None if heard or seconds is None else Step(name, seconds=seconds)


def _split_patience(rest: str) -> tuple[str, float | None]:
    """What is waited for, and for how many seconds at most; ``None`` if that cannot be read."""
    match = _WITHIN.fullmatch(rest)
    if match is None or match["seconds"] is None:
        return rest, PATIENCE
    seconds = _SECONDS.fullmatch(match["seconds"])
    return match["rest"].strip(), float(seconds[1]) if seconds else None


def _read_machine(name: Action, rest: str) -> Step | None:
    match = _GREETING.fullmatch(rest)
    words = _QUOTED.fullmatch(match["words"]) if match and match["words"] else None
    if match is None or (match["words"] and not (words and _unquote(words).strip())):
        return None
    return Step(name, _unquote(words) if words else "", beeps=not match["silent"])


def _read_keys(name: Action, rest: str) -> Step | None:
    keys = rest.replace(" ", "")
    return Step(name, keys) if _KEYS.fullmatch(keys) else None


def _read_speech(name: Action, rest: str) -> Step | None:
    match = _SPOKEN.fullmatch(rest)
    words = _QUOTED.fullmatch(match["words"]) if match else None
    if not match or not words or not _unquote(words).strip():
        return None
    confidence = float(match["confidence"] or 0.9)
    return Step(name, _unquote(words), confidence=confidence) if confidence <= 1 else None


def _unquote(match: re.Match[str]) -> str:
    return next(group for group in match.groups() if group is not None)


_GRAMMAR: tuple[tuple[Action, Callable[[Action, str], Step | None]], ...] = (
    ("ring", _read_seconds),
    ("answer", _read_bare),
    ("busy", _read_bare),
    ("no answer", _read_bare),
    ("reject", _read_bare),
    ("fail", _read_bare),
    ("machine", _read_machine),
    ("fax", _read_bare),
    ("hear beep", _read_beep),
    ("hear", _read_words),
    ("wait", _read_seconds),
    ("press", _read_keys),
    ("say", _read_speech),
    ("hang up", _read_bare),
)

_USAGE = {
    "ring": "ring 3 (seconds)",
    "answer": "answer, with nothing behind it",
    "busy": "busy, with nothing behind it",
    "no answer": "no answer, with nothing behind it",
    "reject": "reject, with nothing behind it",
    "fail": "fail, with nothing behind it",
    "machine": 'machine "the greeting it speaks", or machine "greeting" no beep',
    "fax": "fax, with nothing behind it",
    "hear": 'hear "words that Twilio says", in quotes, or hear "words" within 30 (seconds)',
    "hear beep": "hear beep, or hear beep within 30 (seconds)",
    "wait": "wait 2 (seconds)",
    "press": "press 1, or press 1234# (0-9, A-D, *, #; w waits half a second, W a second)",
    "say": 'say "words", or say "words" confidence 0.7 (0 to 1)',
    "hang up": "hang up, with nothing behind it",
}


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
    return PhoneScriptError(message, place=where, excerpt=[before + after, pointer], hint=hint)
