"""Errors for a cell magic below the first line of its cell, or with one % too few: not just "invalid syntax"."""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from ..errors import MagicLineError

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell


class FirstLineCheck:
    """Checks the lines of each cell before it runs, and refuses a cell in which one of *magics* is out of place."""

    has_side_effects = True  # so that IPython does not call it while a cell is being typed

    def __init__(self, magics: Iterable[str]) -> None:
        names = "|".join(magics)
        self._magic = re.compile(rf"%%({names})\b")
        self._with_a_document = re.compile(rf"(%({names})\b).*\n\s*<")

    def __call__(self, lines: list[str]) -> list[str]:
        """Return *lines* unchanged; raises :class:`MagicLineError`."""
        if lines and not lines[0].startswith("%%"):
            if alone := self._with_a_document.match("".join(lines)):
                raise MagicLineError(
                    f"{alone[1]} takes one line, and a document stands below it.",
                    hint=f"Write %{alone[1]}, with two percent signs.",
                )
            for number, line in enumerate(lines[1:], 2):
                if self._magic.match(line) and not is_python("".join(lines)):
                    self._refuse(line.split(maxsplit=1)[0], number)
        return lines

    def _refuse(self, magic: str, number: int) -> None:
        raise MagicLineError(
            f"{magic} stands in line {number} of its cell.",
            hint=f"{magic} must be the first line. What is above it goes into a cell of its own.",
        )


def install_first_line_check(shell: InteractiveShell, magics: Iterable[str]) -> None:
    """Let *shell* refuse cells that have one of *magics* below their first line."""
    _transforms(shell).append(FirstLineCheck(magics))


def uninstall_first_line_check(shell: InteractiveShell) -> None:
    """Undo :func:`install_first_line_check`."""
    transforms = _transforms(shell)
    transforms[:] = [each for each in transforms if not isinstance(each, FirstLineCheck)]


def _transforms(shell: InteractiveShell) -> list[Callable[[list[str]], list[str]]]:
    transforms: list[Callable[[list[str]], list[str]]] = shell.input_transformers_cleanup
    return transforms


def is_python(text: str) -> bool:
    """Return whether *text* is valid Python: a magic may stand in a multi-line string."""
    try:
        with warnings.catch_warnings(
            action="ignore"
        ):  # of an escape, for example: Python gives it itself
            ast.parse(text)
    except (SyntaxError, ValueError):  # for a null character
        return False
    return True
