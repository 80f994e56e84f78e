"""How each step of a phone's script is written and read."""

from __future__ import annotations

import re
from collections.abc import Callable

from ...endpoints import NotAnEndpoint, endpoint
from ._step import PATIENCE, Action, Step

_SECONDS = re.compile(r"(\d+(?:\.\d+)?|\.\d+)\s*(?:s|sec|seconds?)?")
_WITHIN = re.compile(r"(?P<rest>.*?)(?:\s*\bwithin\s+(?P<seconds>[\d.]+\s*\w*))?", re.DOTALL)
_QUOTED = re.compile(r"\"([^\"]*)\"|'([^']*)'|“([^”]*)”")
_KEYS = re.compile(r"[0-9A-D*#wW]+")
_SPOKEN = re.compile(r"(?P<words>\".*\"|'.*'|“.*”)(?:\s+confidence\s+(?P<confidence>[01]?\.?\d+))?")
_GREETING = re.compile(r"(?P<words>\".*\"|'.*'|“.*”)?(?P<silent>\s*no\s+beep)?", re.IGNORECASE)
_SENT = re.compile(r"(?P<words>\".*?\"|'.*?'|“.*?”)(?:\s+to\s+(?P<to>\S.*))?", re.DOTALL)


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


def _read_message(name: Action, rest: str) -> Step | None:
    """A message that comes: one with these words, or any."""
    heard, _ = _split_patience(rest)
    return _read_words(name, rest) if heard else _read_beep(name, rest)


def _read_text(name: Action, rest: str) -> Step | None:
    match = _SENT.fullmatch(rest)
    words = _QUOTED.fullmatch(match["words"]) if match else None
    if not match or not words or not _unquote(words).strip():
        return None
    to = match["to"]
    if to is None:
        return Step(name, _unquote(words))
    try:
        return Step(name, _unquote(words), to=endpoint(to).address)
    except NotAnEndpoint:
        return None


def _read_content(name: Action, rest: str) -> Step | None:
    """A user-defined message, which has no other receiver than the call's web application."""
    step = _read_text(name, rest)
    return None if step is None or step.to else step


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


#: How each step is read: from its name and what stands behind it; ``None`` for what cannot be read.
GRAMMAR: tuple[tuple[Action, Callable[[Action, str], Step | None]], ...] = (
    ("ring", _read_seconds),
    ("answer", _read_bare),
    ("busy", _read_bare),
    ("no answer", _read_bare),
    ("reject", _read_bare),
    ("fail", _read_bare),
    ("machine", _read_machine),
    ("fax", _read_bare),
    ("hear beep", _read_beep),
    ("hear text", _read_message),
    ("hear message", _read_message),
    ("hear", _read_words),
    ("wait", _read_seconds),
    ("press", _read_keys),
    ("say", _read_speech),
    ("text", _read_text),
    ("message", _read_content),
    ("hang up", _read_bare),
)

#: How each step is written, for people.
USAGE = {
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
    "hear text": 'hear text "words of a text message", in quotes, or hear text, with within 30 (seconds) behind it',
    "hear message": 'hear message "words of a client\'s message", or hear message, with within 30 (seconds) behind it',
    "wait": "wait 2 (seconds)",
    "press": "press 1, or press 1234# (0-9, A-D, *, #; w waits half a second, W a second)",
    "say": 'say "words", or say "words" confidence 0.7 (0 to 1)',
    "text": 'text "words", a text message to the other end of the call, or text "words" to +12125551234',
    "message": """message '{"key": "value"}', which the application of a Voice SDK client sends""",
    "hang up": "hang up, with nothing behind it",
}
