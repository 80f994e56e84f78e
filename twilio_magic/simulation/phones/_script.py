"""The language of phone scripts: what the person, or the machine, at a phone does.

A script is a list of steps, separated by ``;`` or new lines:

    ring 3; answer; hear "press 1"; press 1; say "sales" confidence 0.9; wait 2; hang up

``busy``, ``no answer``, ``reject``, ``fail``, ``fax`` and ``machine "greeting"`` (with a beep behind it, unless
``no beep`` follows) are used instead of ``answer``. In the script of a phone that calls, ``ring`` is how long it
waits for an answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Sequence
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

_SECONDS = re.compile(r"(\d+(?:\.\d+)?|\.\d+)\s*(?:s|sec|seconds?)?")
_QUOTED = re.compile(r"\"([^\"]*)\"|'([^']*)'|“([^”]*)”")
_KEYS = re.compile(r"[0-9A-D*#wW]+")
_SPOKEN = re.compile(r"(?P<words>\".*\"|'.*'|“.*”)(?:\s+confidence\s+(?P<confidence>[01]?\.?\d+))?")
_GREETING = re.compile(r"(?P<words>\".*\"|'.*'|“.*”)?(?P<silent>\s*no\s+beep)?", re.IGNORECASE)
_STEP = re.compile(r"""(?:"[^"]*"|'[^']*'|“[^”]*”|[^;\n"'“]|["'“])+""")


@dataclass(frozen=True, slots=True)
class Step:
    """One step: *seconds* of a ring or a wait, *text* that is heard, said or pressed, *confidence* of speech.

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


def steps_of(source: str, before: Sequence[Step] = ()) -> list[Step]:
    """The steps in *source*, which follow those *before* them; raises :class:`PhoneScriptError`."""
    steps: list[Step] = []
    for match in _STEP.finditer(source):
        text = match.group().strip()
        if text and not text.startswith("#"):
            start = match.start() + len(match.group()) - len(match.group().lstrip())
            step = replace(_step(text, source, start), start=start)
            misplaced = _check_order(step, [*before, *steps])
            if misplaced:
                raise _unreadable(source, start, text, misplaced)
            steps.append(step)
    return steps


def _check_order(step: Step, before: list[Step]) -> str | None:
    """Why *step* cannot follow the steps *before* it, if it cannot."""
    decided = next((earlier for earlier in before if earlier.ends_ringing), None)
    if decided and not decided.picks_up:
        return f"Nothing happens at a phone after {decided.action!r}: leave the rest out."
    of_ringing = step.action == "ring" or step.ends_ringing
    if of_ringing and (decided or any(earlier.action != "ring" for earlier in before)):
        return f"{step.action!r} belongs at the beginning, before the call is answered."
    return None


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
    match = _QUOTED.fullmatch(rest)
    words = _unquote(match) if match else ""
    return Step(name, words) if re.search(r"\w", words) else None


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
    ("hear beep", _read_bare),
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
    "hear": 'hear "words that Twilio says", in quotes',
    "hear beep": "hear beep, with nothing behind it",
    "wait": "wait 2 (seconds)",
    "press": "press 1, or press 1234# (0-9, A-D, *, #; w waits half a second, W a second)",
    "say": 'say "words", or say "words" confidence 0.7 (0 to 1)',
    "hang up": "hang up, with nothing behind it",
}


def _unreadable(source: str, start: int, text: str, hint: str) -> PhoneScriptError:
    return _pointing(source, start, f"{text!r} is not a step of a phone script.", hint)


def _pointing(source: str, start: int, message: str, hint: str) -> PhoneScriptError:
    """An error with *message* that points at the step that begins at *start*."""
    found = _STEP.match(source, start)
    text = found.group().strip() if found else ""
    line = source.count("\n", 0, start) + 1
    column = start - (source.rfind("\n", 0, start) + 1)
    shown = source.splitlines()[line - 1]
    pointer = " " * column + "^" * max(1, len(text.splitlines()[0]) if text else 1)
    where = (
        f"line {line}, column {column + 1}" if "\n" in source.strip() else f"column {column + 1}"
    )
    return PhoneScriptError(message, place=where, excerpt=[shown, pointer], hint=hint)
