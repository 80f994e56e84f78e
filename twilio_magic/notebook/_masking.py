"""Secrets in cells: those of a pasted script, and for our magics, are masked before IPython stores the cell anywhere.

Python is left alone, because it needs its secrets. So are the shell's commands behind ``!``, and the magics of others.
"""

from __future__ import annotations

import ast
import re
import tokenize
from collections.abc import Awaitable, Callable, Iterable, Iterator
from functools import wraps
from typing import TYPE_CHECKING, Any

from ..records import dataclass
from ._first_line import is_python

if TYPE_CHECKING:
    from IPython.core.interactiveshell import ExecutionResult, InteractiveShell

Run = Callable[..., Awaitable["ExecutionResult"]]

_METHOD = "run_cell_async"  # through which every cell goes, from a terminal and from a kernel

#: What a line of a script begins with: prompts, settings, and commands that run another.
_BEGIN = r"^[ \t]*(?:[$>%#][ \t]+)*(?:(?:\w+=\S*|time|env|sudo|command)[ \t]+)*"
#: A command that takes a secret, and the header of one.
_COMMAND = re.compile(
    rf"\bcurl(?:\.exe)?\s|{_BEGIN}(?:wget|https?|xhs?|twilio)(?:\.exe)?\s|{_BEGIN}authorization:"
    rf"|^[ \t]*(?:[$>%#][ \t]*)*(?:export[ \t]|setx?[ \t]|\$env:).*?(?:token|secret|passw)",
    re.IGNORECASE | re.MULTILINE,
)
_NAMED = r"[\w-]*(?:token|secret|passw(?:or)?d|api_?key)[\w-]*"
_SID = "(?:AC|SK)[0-9a-f]{32}"
#: What a text may have that is no Python: a line of a file of settings, a sid, or a word that looks like a secret.
_CREDENTIAL = re.compile(
    rf"^[ \t]*[A-Z0-9_]*(?:TOKEN|SECRET|PASSW(?:OR)?D|API_?KEY)[A-Z0-9_]*=\S|://{_SID}:|^[^\"']*\bapi\.twilio\.com/"
    rf"|(?<![\w\"'/])(?:{_SID}|[0-9A-Za-z]{{32}})(?![\w\"'/])",
    re.MULTILINE,
)
#: A script that is Python by its grammar: ``curl -…`` and ``curl > …``.
_LIKE_CODE = re.compile(r"\s*(?:[$>%][ \t]+)*(?:curl|wget|https?|xhs?)(?:\.exe)?[ \t]+[-\\]")
#: A secret that is a name by Python's grammar. One that is not hexadecimal must stand where a secret stands.
_HEXADECIMAL, _LONG_NAME = re.compile("[0-9a-f]{32}"), re.compile(r"(?=\w*\d)[0-9A-Za-z]{32}")
#: Comments with a secret that is no part of a command.
_NOTE = re.compile(rf"(?i:{_NAMED})|{_SID}")
#: A cell without any of these has no secret that could be found.
_HINTS = (_COMMAND, _CREDENTIAL, _NOTE)
#: What IPython makes Python of: a line of a magic or for the shell, and what is assigned from one.
_OF_IPYTHON = re.compile(r"^([ \t]*)(?:[%!]\w|!).*|(?<==)([ \t]*)[%!]\w.*", re.MULTILINE)
_CALL = re.compile(r"\s*%%call\b")
_OTHER_MAGIC = re.compile(r"\s*(?:%%|!)")

_MASKED = """\
! The cell held what looks like a secret. It was masked in this cell and in the history, and it was not used. If you
  still see it in the cell, delete it there. What only looks like a secret goes in by a variable: $name or {{name}}.
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


@dataclass(frozen=True, slots=True)
class _Cell:
    """The *text* of a cell without its secrets, and whether it *may_run*."""

    text: str
    may_run: bool


class _Masking:
    """Runs the cells of *shell* without the secrets in them; *names* are those of our magics."""

    def __init__(self, shell: InteractiveShell, names: Iterable[str]) -> None:
        self._shell = shell
        magics = "|".join(names)
        self._cell_magic = re.compile(rf"^[ \t]*%%(?:{magics})\b.*\n?", re.MULTILINE)
        self._line_magic = re.compile(
            rf"(?:^|(?<=[\s=]))%(?:{magics})\b(?:.*\\\n)*.*", re.MULTILINE
        )

    def mask(self, cell: str) -> _Cell:
        """*cell* with its secrets masked, if they stand in a script, for a magic, or in a comment.

        A script runs below ``%%call`` alone.
        """
        magic = self._cell_magic.search(cell)
        if magic is None and not any(each.search(cell) for each in (self._line_magic, *_HINTS)):
            return _Cell(cell, may_run=True)
        if magic is not None and not is_python(cell):
            return _mask_for_magic(cell, cell[magic.end() :])
        if _OTHER_MAGIC.match(cell) or _is_code(cell):
            return _Cell(self._line_magic.sub(_mask_line, _mask_comments(cell)), may_run=True)
        if _COMMAND.search(cell) or _CREDENTIAL.search(cell):
            return _Cell(_mask_script(cell), may_run=False)
        return _Cell(cell, may_run=True)

    async def run(self, run: Run, cell: _Cell, *args: Any, **options: Any) -> ExecutionResult:
        """Run *cell*, which is masked, and say what was done."""
        self._show(cell.text)
        if not cell.may_run:
            _warn(_NOT_RUN)
            return await run("", *args, transformed_cell="", **options)
        result = await run(cell.text, *args, **self._transform(cell.text), **options)
        _warn(_MASKED if result.success else _STILL_THERE)
        return result

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
        if masked.text == raw_cell:
            return run(raw_cell, *args, **options)
        for name in ("transformed_cell", "preprocessing_exc_tuple"):
            options.pop(name, None)
        return masking.run(run, masked, *args, **options)

    setattr(shell, _METHOD, run_masked)


def uninstall_masking(shell: InteractiveShell) -> None:
    """Undo :func:`install_masking`."""
    vars(shell).pop(_METHOD, None)


def _mask_for_magic(cell: str, body: str) -> _Cell:
    """*cell*, which is for one of our magics, masked. Its *body* is a document, a script, or what the magic takes."""
    if _COMMAND.search(cell) and not body.lstrip().startswith("<"):
        return _Cell(_mask_script(cell), may_run=_CALL.match(cell) is not None)
    return _Cell(_mask_tokens(cell), may_run=True)


def _mask_script(text: str) -> str:
    from ..api import mask_script

    return mask_script(text)


def _mask_tokens(text: str) -> str:
    from ..api import mask_tokens

    return mask_tokens(text)


def _mask_line(line: re.Match[str]) -> str:
    """The line of a magic, masked."""
    return (_mask_script if _COMMAND.search(line[0]) else _mask_tokens)(line[0])


def _is_code(cell: str) -> bool:
    """Whether *cell* is Python, or what IPython makes Python of, and not a script or a secret by chance."""
    code = _OF_IPYTHON.sub(lambda found: f"{found[1]}pass" if found[2] is None else " 0", cell)
    code = cell if is_python(cell) else code
    if not is_python(code) or _LIKE_CODE.match(cell):
        return False
    return not _LONG_NAME.search(code) or not any(map(_is_secret, ast.walk(ast.parse(code))))


def _is_secret(node: ast.AST) -> bool:
    """Whether *node* is ``abcdef…``, ``AC…:abcdef…`` or ``auth_token=abcdef…``, without quotes."""
    match node:
        case ast.Name(name):
            return _HEXADECIMAL.fullmatch(name) is not None
        case ast.Expr(ast.Name(name)) | ast.AnnAssign(annotation=ast.Name(name)):
            return _LONG_NAME.fullmatch(name) is not None
        case ast.Assign([ast.Name(target)], ast.Name(name)):
            return None not in (_NOTE.search(target), _LONG_NAME.fullmatch(name))
    return False


def _mask_comments(cell: str) -> str:
    """*cell*, which is Python, with the secrets in its comments masked."""
    lines = cell.splitlines(keepends=True)
    comments = list(_comments(lines)) if "#" in cell else []
    mask = _mask_for_comments("\n".join(text for *_, text in comments))
    for row, column, comment in comments:
        line = lines[row]
        lines[row] = line[:column] + mask(comment) + line[column + len(comment) :]
    return "".join(lines)


def _mask_for_comments(text: str) -> Callable[[str], str]:
    """What masks comments that together are *text*; where they name no secret, it changes nothing."""
    if _COMMAND.search(text):
        return _mask_script
    return _mask_tokens if _NOTE.search(text) else str


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
