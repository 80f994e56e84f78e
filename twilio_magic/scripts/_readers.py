"""How each step of a phone's script is read."""

from __future__ import annotations

import re
from collections.abc import Callable

from ..endpoints import NotAnEndpoint, endpoint
from ._phrase import QUOTED, read_phrases, unquote
from ._step import PATIENCE, Action, Step

_SECONDS = re.compile(r"(\d+(?:\.\d+)?|\.\d+)\s*(?:s|sec|seconds?)?")
_WITHIN = re.compile(r"(?P<rest>.*?)(?:\s*\bwithin\s+(?P<seconds>[\d.]+\s*\w*))?", re.DOTALL)
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
    match = QUOTED.fullmatch(heard)
    words = unquote(match) if match else ""
    if seconds is None or not re.search(r"\w", words):
        return None
    return Step(name, words, seconds=seconds)


def _read_phrases(name: Action, rest: str) -> Step | None:
    wanted, seconds = _split_patience(rest)
    phrases = read_phrases(wanted)
    if seconds is None or not phrases:
        return None
    return Step(name, phrases[0].text, seconds=seconds, phrases=phrases)


def _read_forbidden(name: Action, rest: str) -> Step | None:
    """Words that must not be said: for some seconds, or without them until the next words were heard."""
    forbidden, seconds = _split_patience(rest, 0.0)
    phrases = read_phrases(forbidden)
    if seconds is None or not phrases:
        return None
    return Step(name, phrases[0].text, seconds=seconds, phrases=phrases)


def _read_silence(name: Action, rest: str) -> Step | None:
    wanted, patience = _split_patience(rest)
    match = _SECONDS.fullmatch(wanted)
    if match is None or patience is None:
        return None
    return Step(name, seconds=float(match[1]), patience=patience)


def _read_beep(name: Action, rest: str) -> Step | None:
    heard, seconds = _split_patience(rest)
    return None if heard or seconds is None else Step(name, seconds=seconds)


def _read_message(name: Action, rest: str) -> Step | None:
    """A message that comes: one with these words, or any."""
    heard, _ = _split_patience(rest)
    return _read_words(name, rest) if heard else _read_beep(name, rest)


def _read_text(name: Action, rest: str) -> Step | None:
    match = _SENT.fullmatch(rest)
    words = QUOTED.fullmatch(match["words"]) if match else None
    if not match or not words or not unquote(words).strip():
        return None
    to = match["to"]
    if to is None:
        return Step(name, unquote(words))
    try:
        return Step(name, unquote(words), to=endpoint(to).address)
    except NotAnEndpoint:
        return None


def _read_content(name: Action, rest: str) -> Step | None:
    """A user-defined message, which has no other receiver than the call's web application."""
    step = _read_text(name, rest)
    return None if step is None or step.to else step


def _split_patience(rest: str, without: float = PATIENCE) -> tuple[str, float | None]:
    """What is waited for, and for how many seconds: *without* any if none are said, ``None`` if they cannot be read."""
    match = _WITHIN.fullmatch(rest)
    if match is None or match["seconds"] is None:
        return rest, without
    seconds = _SECONDS.fullmatch(match["seconds"])
    return match["rest"].strip(), float(seconds[1]) if seconds else None


def _read_machine(name: Action, rest: str) -> Step | None:
    match = _GREETING.fullmatch(rest)
    words = QUOTED.fullmatch(match["words"]) if match and match["words"] else None
    if match is None or (match["words"] and not (words and unquote(words).strip())):
        return None
    return Step(name, unquote(words) if words else "", beeps=not match["silent"])


def _read_keys(name: Action, rest: str) -> Step | None:
    keys = rest.replace(" ", "")
    return Step(name, keys) if _KEYS.fullmatch(keys) else None


def _read_speech(name: Action, rest: str) -> Step | None:
    match = _SPOKEN.fullmatch(rest)
    words = QUOTED.fullmatch(match["words"]) if match else None
    if not match or not words or not unquote(words).strip():
        return None
    confidence = float(match["confidence"] or 0.9)
    return Step(name, unquote(words), confidence=confidence) if confidence <= 1 else None


def _read_path(name: Action, rest: str) -> Step | None:
    match = QUOTED.fullmatch(rest)
    path = unquote(match).strip() if match else ""
    return Step(name, path) if path else None


#: How each step is read, longer names first: from its name and what stands behind it; ``None`` for what cannot be read.
#: A reader may raise :class:`ValueError` that says why.
STEP_READERS: tuple[tuple[Action, Callable[[Action, str], Step | None]], ...] = (
    ("ring", _read_seconds),
    ("answer", _read_bare),
    ("busy", _read_bare),
    ("no answer", _read_bare),
    ("reject", _read_bare),
    ("fail", _read_bare),
    ("machine", _read_machine),
    ("fax", _read_bare),
    ("hear beep", _read_beep),
    ("hear sound", _read_beep),
    ("hear text", _read_message),
    ("hear message", _read_message),
    ("hear", _read_phrases),
    ("not", _read_forbidden),
    ("silence", _read_silence),
    ("wait", _read_seconds),
    ("press", _read_keys),
    ("say file", _read_path),
    ("say", _read_speech),
    ("text", _read_text),
    ("message", _read_content),
    ("hang up", _read_bare),
)
