"""A cell magic that is not the first line of its cell, or has one % too few: Python would call it invalid syntax."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from ..errors import MagicLineError

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell


class FirstLineCheck:
    """Looks at the lines of each cell before they run, and refuses those in which one of *magics* is out of place."""

    has_side_effects = True  # IPython: not while somebody is still typing

    def __init__(self, magics: Iterable[str]) -> None:
        names = "|".join(magics)
        self._magic = re.compile(rf"%%({names})\b")
        self._with_a_document = re.compile(rf"(%({names})\b).*\n\s*<")

    def __call__(self, lines: list[str]) -> list[str]:
        """*lines* as they are, or :class:`MagicLineError`."""
        if lines and not lines[0].startswith("%%"):
            if alone := self._with_a_document.match("".join(lines)):
                raise MagicLineError(
                    f"{alone[1]} takes one line, and a document stands below it.",
                    hint=f"Write %{alone[1]}, with two percent signs.",
                )
            for number, line in enumerate(lines[1:], 2):
                if self._magic.match(line) and not _is_python(lines):
                    self._refuse(line.split(maxsplit=1)[0], number)
        return lines

    def _refuse(self, magic: str, number: int) -> None:
        raise MagicLineError(
            f"{magic} stands in line {number} of its cell.",
            hint=f"{magic} must be the first line. What is above it goes into a cell of its own.",
        )


def install_first_line_check(shell: InteractiveShell, magics: Iterable[str]) -> None:
    """Let *shell* refuse cells that hold one of *magics* below their first line."""
    _transforms(shell).append(FirstLineCheck(magics))


def uninstall_first_line_check(shell: InteractiveShell) -> None:
    """Take it away again."""
    transforms = _transforms(shell)
    transforms[:] = [each for each in transforms if not isinstance(each, FirstLineCheck)]


def _transforms(shell: InteractiveShell) -> list[Callable[[list[str]], list[str]]]:
    transforms: list[Callable[[list[str]], list[str]]] = shell.input_transformers_cleanup
    return transforms


def _is_python(lines: Iterable[str]) -> bool:
    """Whether *lines* are Python as they stand, which may hold such a line in a text."""
    try:
        ast.parse("".join(lines))
    except SyntaxError:
        return False
    return True
