"""Secrets in cells: those of a pasted ``curl`` script are masked before IPython stores the cell anywhere."""

from __future__ import annotations

import re
import tokenize
from collections.abc import Awaitable, Callable, Iterable, Iterator
from functools import wraps
from typing import TYPE_CHECKING, Any

from ._first_line import is_python

if TYPE_CHECKING:
    from IPython.core.interactiveshell import ExecutionResult, InteractiveShell

Run = Callable[..., Awaitable["ExecutionResult"]]

_METHOD = "run_cell_async"  # through which every cell goes, from a terminal and from a kernel

#: What a script with a secret has. Other cells are left alone, whatever they hold: they need it.
_SCRIPT = re.compile(
    r"\bcurl(?:\.exe)?\s|^[ \t]*(?:[$>%][ \t]*)?(?:export[ \t]|setx?[ \t]|\$env:).*?(?:token|secret|passw)",
    re.IGNORECASE | re.MULTILINE,
)
_CALL = re.compile(r"\s*%%call\b")
_OTHER_MAGIC = re.compile(r"\s*(?:%%|!)")

_MASKED = """\
! The cell held what looks like a secret. It was masked in this cell and in the history, and it was not used. If you
  still see it in the cell, delete it there.
"""
_NOT_RUN = """\
! The cell held what looks like a secret. It was masked in this cell and not stored, and nothing ran. If you still see
  it in the cell, delete it there. A curl script runs below a line with %%call.
"""
_STILL_THERE = """\
! The cell holds what looks like a secret. It was not used, and the history does not have it, but the cell still does:
  delete it there before you save.
"""
_ADVICE = """\
  Keep tokens out of notebooks: set TWILIO_AUTH_TOKEN in the environment. If the notebook was saved or shared with the
  token in it, change the token in the Console.
"""


class _Masking:
    """Runs the cells of *shell* without the secrets in them; *names* are those of the magics that take scripts."""

    def __init__(self, shell: InteractiveShell, names: Iterable[str]) -> None:
        self._shell = shell
        self._magic_line = re.compile(rf"^[ \t]*%(?:{'|'.join(names)})\b.*", re.MULTILINE)
        self._magic = re.compile(rf"^[ \t]*(%{{1,2}})(?:{'|'.join(names)})\b", re.MULTILINE)

    def mask(self, cell: str) -> str:
        """*cell* with its secrets masked, if they stand in a script for a magic, or in a comment of other code."""
        if not _SCRIPT.search(cell):
            return cell
        from ..api import mask_script

        if self._is_script(cell):
            return mask_script(cell)
        return self._magic_line.sub(lambda line: mask_script(line[0]), _mask_comments(cell))

    async def run(self, run: Run, masked: str, *args: Any, **options: Any) -> ExecutionResult:
        """Run the cell *masked*, and say what was done; a script that is not below ``%%call`` does not run."""
        self._show(masked)
        if self._is_script(masked) and not _CALL.match(masked):
            _warn(_NOT_RUN)
            return await run("", *args, transformed_cell="", **options)
        result = await run(masked, *args, **self._transform(masked), **options)
        _warn(_MASKED if result.success else _STILL_THERE)
        return result

    def _is_script(self, cell: str) -> bool:
        """Whether *cell* is one script and no Python: below a cell magic of ours, or pasted as it is."""
        magic = self._magic.search(cell)
        if magic is not None:
            return magic[1] == "%%"
        return not _OTHER_MAGIC.match(cell) and not is_python(cell)

    def _transform(self, cell: str) -> dict[str, Any]:
        """*cell* as Python, or why it is none: what the kernel made of it has the secret."""
        try:
            return {"transformed_cell": self._shell.transform_cell(cell)}
        except Exception as error:  # whatever a transformer raises is shown as the cell's own
            fault = (type(error), error, error.__traceback__)
            return {"transformed_cell": cell, "preprocessing_exc_tuple": fault}

    def _show(self, masked: str) -> None:
        """Put *masked* into the cell; a front end takes it if the cell succeeds."""
        if getattr(self._shell, "kernel", None) is not None:
            self._shell.set_next_input(masked, replace=True)


def install_masking(shell: InteractiveShell, names: Iterable[str]) -> None:
    """Let *shell* mask secrets in cells with scripts for the magics *names*, before anything is stored."""
    masking = _Masking(shell, names)
    run: Run = getattr(shell, _METHOD)

    @wraps(run)
    def run_masked(raw_cell: str, *args: Any, **options: Any) -> Awaitable[ExecutionResult]:
        masked = masking.mask(raw_cell)
        if masked == raw_cell:
            return run(raw_cell, *args, **options)
        for name in ("transformed_cell", "preprocessing_exc_tuple"):
            options.pop(name, None)
        return masking.run(run, masked, *args, **options)

    setattr(shell, _METHOD, run_masked)


def uninstall_masking(shell: InteractiveShell) -> None:
    """Undo :func:`install_masking`."""
    vars(shell).pop(_METHOD, None)


def _mask_comments(cell: str) -> str:
    """*cell*, which is Python, with the secrets in its comments masked."""
    from ..api import mask_script

    lines = cell.splitlines(keepends=True)
    for row, column, comment in _comments(lines):
        line = lines[row]
        lines[row] = line[:column] + mask_script(comment) + line[column + len(comment) :]
    return "".join(lines)


def _comments(lines: list[str]) -> Iterator[tuple[int, int, str]]:
    """The row, column and text of each comment; as far as *lines* can be read, if there are magics between them."""
    try:
        for token in tokenize.generate_tokens(iter(lines).__next__):
            if token.type == tokenize.COMMENT:
                yield token.start[0] - 1, token.start[1], token.string
    except (tokenize.TokenError, SyntaxError):
        return


def _warn(text: str) -> None:
    print(text + _ADVICE, end="")  # noqa: T201 - a warning must be seen even if the call fails
