"""The language of phone scripts: what the person, or the machine, at a phone does.

A script is a list of steps, separated by ``;`` or new lines:

    ring 3; answer; hear "press 1"; press 1; say "sales" confidence 0.9; wait 2; hang up

``hear`` waits for ten minutes at most, or as long as ``within 30`` says behind it. ``text "words"`` sends a text
message to the other end of the call, and ``hear text "words"`` waits for one that comes to the phone.

``busy``, ``no answer``, ``reject``, ``fail``, ``fax`` and ``machine "greeting"`` (with a beep behind it, unless
``no beep`` follows) are used instead of ``answer``. In the script of a phone that calls, ``ring`` is how long it
waits for an answer. The table of all steps is ``statements.json``.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Sequence
from copy import copy
from dataclasses import replace
from functools import cached_property
from random import Random

from ..errors import PhoneScriptError
from ..records import dataclass
from ..suggestions import Suggestion, did_you_mean, nearest
from ._blocks import BlockError, Node, choose, every_step, nodes_of
from ._layout import StepText, cut, step_texts
from ._readers import STEP_READERS
from ._step import Step
from ._table import STEP_SECTIONS, statement_table

#: How much of a long line an error shows, before and behind the place.
_AROUND = 200


#: Steps as they come; with each, the words that the phone heard since the last are sent in.
Playing = Generator[Step, str | None, None]


@dataclass(frozen=True)
class Script:
    """The steps and blocks of one phone, and the text that they were read from."""

    source: str
    nodes: tuple[Node, ...]

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """Every step once, whatever is chosen."""
        return tuple(every_step(self.nodes))

    def choose(self, seed: str) -> Script:
        """The script with its repetitions written out, and one of several chosen as *seed* has it."""
        if all(isinstance(node, Step) for node in self.nodes):
            return self
        chosen = choose(self.nodes, Random(seed))  # noqa: S311 - no secret is made of it
        return Script(self.source, tuple(chosen))

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
    nodes = _read(source)
    _check_order(nodes, Ringing(), source)
    return Script(source, nodes)


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

    def join(self, others: Sequence[Ringing]) -> None:
        """Go on where one of *others* may have come to: what may follow one of them may follow."""
        self._is_over = all(each._is_over for each in others)
        decided = [each._decided for each in others]
        self._decided = next(
            (each for each in decided if each is None or each.picks_up), decided[0]
        )


def steps_of(source: str, ringing: Ringing) -> list[Step]:
    """The steps in *source*, which follow those that *ringing* knows of; raises :class:`PhoneScriptError`."""
    nodes = _read(source)
    _check_order(nodes, ringing, source)
    return list(choose(nodes, Random(source)))  # noqa: S311 - no secret is made of it


def _read(source: str) -> tuple[Node, ...]:
    try:
        return tuple(nodes_of(list(step_texts(source)), lambda piece: _step(piece, source)))
    except BlockError as error:
        hint = f"{error.name}: {statement_table().statements[error.name].usage}"
        told = f"{error.message} {hint}".strip()
        raise _unreadable(source, error.piece.start, error.piece.text, told) from None


def _check_order(nodes: Sequence[Node], ringing: Ringing, source: str) -> None:
    """Raise :class:`PhoneScriptError` for a step that cannot stand where it does."""
    for node in nodes:
        if isinstance(node, Step):
            misplaced = ringing.follow(node)
            if misplaced:
                text = source[slice(*next(cut(source, node.start)))].strip()
                raise _unreadable(source, node.start, text, misplaced)
            continue
        branches = []
        for part in node.parts:
            branches.append(copy(ringing))
            for _ in range(min(node.times, 2)):
                _check_order(part, branches[-1], source)
        ringing.join(branches)


def _step(piece: StepText, source: str) -> Step:
    text, start = piece.text, piece.start
    for name, read in STEP_READERS:
        rest = _after(name, text)
        if rest is not None:
            said = f"{name}: {statement_table().statements[name].usage}"
            try:
                step = read(name, rest)
            except ValueError as error:
                raise _unreadable(source, start, text, f"{error}. {said}") from None
            if step is None:
                raise _unreadable(source, start, text, said)
            return replace(step, start=start)
    names = statement_table().names(*STEP_SECTIONS)
    known = f"A phone can: {', '.join(names)}."
    raise _unreadable(source, start, text, _suggest_step(text, names, known))


def _suggest_step(text: str, names: Sequence[str], known: str) -> str:
    """The hint with the one of *names* that *text* probably begins with; *known* has them all."""
    words = list(re.finditer(r"\S+", text[:_AROUND]))[:3]
    tried = (" ".join(each[0] for each in words[:count]) for count in range(len(words), 0, -1))
    near = next(filter(None, (nearest(each, names) for each in tried)), "")
    wrong = text[: words[min(len(near.split()), len(words)) - 1].end()] if near else ""
    meant = did_you_mean(near, wrong=wrong)
    return meant.followed_by(known) if isinstance(meant, Suggestion) else known


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
    text = source[slice(*next(cut(source, start)))].strip()
    line = source.count("\n", 0, start) + 1
    column = start - (source.rfind("\n", 0, start) + 1)
    whole = source.split("\n")[line - 1].rstrip("\r")
    before, after = whole[:column][-_AROUND:], whole[column:][:_AROUND]
    length = max(1, len(text.split("\n")[0][:_AROUND]) if text else 1)
    pointer = " " * len(before) + "^" * length
    where = (
        f"line {line}, column {column + 1}" if "\n" in source.strip() else f"column {column + 1}"
    )
    shown, here = [before + after, pointer], {"line": line, "column": column + 1}
    return PhoneScriptError(message, place=where, excerpt=shown, hint=hint, **here)
