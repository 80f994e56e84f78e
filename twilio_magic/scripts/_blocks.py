"""Blocks of steps: several times the same, and one of several. They are found by how far to the right lines stand."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import field
from random import Random
from typing import TYPE_CHECKING

from ..records import dataclass
from ._step import Step

if TYPE_CHECKING:
    from ._layout import StepText

_BLOCK = re.compile(
    r"(?P<name>repeat|one[\s-]+of)(?=\s|:|$)\s*(?P<rest>.*)", re.IGNORECASE | re.DOTALL
)
_MOST_STEPS = 10_000
_DEEPEST = 20


@dataclass(frozen=True, slots=True)
class Block:
    """Steps that are done *times* over, or of whose *parts* one is chosen. *start* is where it stands in its script."""

    times: int
    parts: tuple[tuple[Node, ...], ...]
    start: int = field(default=0, compare=False)

    @property
    def size(self) -> int:
        """How many steps it can become."""
        return self.times * max(map(count_steps, self.parts), default=0)


#: What a script is made of.
Node = Step | Block


class BlockError(Exception):
    """The block at *piece* makes no sense; *name* is that of its statement."""

    def __init__(self, piece: StepText, name: str, message: str = "") -> None:
        super().__init__(message)
        self.piece, self.name, self.message = piece, name, message


def nodes_of(
    pieces: Sequence[StepText], read: Callable[[StepText], Step], depth: int = 0
) -> Iterator[Node]:
    """The steps and blocks in *pieces*; *read* reads a step. Raises :class:`BlockError`."""
    place = 0
    while place < len(pieces):
        piece = pieces[place]
        place += 1
        block = _BLOCK.fullmatch(piece.text)
        if block is None:
            yield read(piece)
            continue
        first = place
        while place < len(pieces) and pieces[place].indent > piece.indent:
            place += 1
        yield _block(block, piece, pieces[first:place], read, depth)


def _block(
    match: re.Match[str],
    piece: StepText,
    inside: Sequence[StepText],
    read: Callable[[StepText], Step],
    depth: int,
) -> Block:
    is_choice = match["name"].lower() != "repeat"
    name, rest = "one of" if is_choice else "repeat", match["rest"].strip(" \t:")
    if is_choice == bool(rest) or (rest and not re.fullmatch(r"\d{1,5}(?:\s*times)?", rest)):
        raise BlockError(piece, name)
    if not inside or depth >= _DEEPEST:
        why = (
            "stand too many blocks in each other" if inside else "stands no step to the right of it"
        )
        raise BlockError(piece, name, f"Below it {why}.")
    parts = _choices(inside) if is_choice else [inside]
    times = 1 if is_choice else int(rest.split()[0].removesuffix("times"))
    nodes = tuple(tuple(nodes_of(each, read, depth + 1)) for each in parts)
    block = Block(times, nodes, piece.start)
    if not times or block.size > _MOST_STEPS:
        raise BlockError(
            piece, name, f"It is done once at least, and has {_MOST_STEPS:,} steps at most."
        )
    return block


def _choices(pieces: Sequence[StepText]) -> list[Sequence[StepText]]:
    """The choices in *pieces*: each with what stands further to the right below it."""
    edge = min(piece.indent for piece in pieces)
    begins = [place for place, piece in enumerate(pieces) if piece.indent == edge]
    begins[0] = 0
    ends = [*begins[1:], len(pieces)]
    return [pieces[begin:end] for begin, end in zip(begins, ends, strict=True)]


def count_steps(nodes: Sequence[Node]) -> int:
    """How many steps *nodes* can become."""
    return sum(node.size if isinstance(node, Block) else 1 for node in nodes)


def choose(nodes: Sequence[Node], random: Random) -> Iterator[Step]:
    """The steps of *nodes* in the order in which they are done, as *random* has it."""
    for node in nodes:
        if isinstance(node, Step):
            yield node
            continue
        for _ in range(node.times):
            yield from choose(
                random.choice(node.parts) if len(node.parts) > 1 else node.parts[0], random
            )


def every_step(nodes: Sequence[Node]) -> Iterator[Step]:
    """Every step in *nodes* once, whatever is chosen."""
    for node in nodes:
        if isinstance(node, Step):
            yield node
        else:
            for part in node.parts:
                yield from every_step(part)
