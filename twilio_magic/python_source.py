"""A Python file that is named where TwiML belongs: which web applications are in it, without running it."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator

#: What makes an application, by the last part of its name.
_MAKERS = (
    "Flask",
    "FastAPI",
    "Starlette",
    "Quart",
    "Litestar",
    "Bottle",
    "get_wsgi_application",
    "get_asgi_application",
)
#: What gives a simulator, in which a file mounts what answers.
_WORLDS = ("Simulator", "simulator")
#: The parameters of an application that is a function.
_PARAMETERS = (["environ", "start_response"], ["scope", "receive", "send"])


def hint_at_applications(name: str, text: str, *, with_worlds: bool = False) -> str | None:
    """What to write in the place of *name*, a Python file with *text*; ``None`` if that is no Python file.

    A simulator in the file is meant, too, *with_worlds*.
    """
    if not name.endswith(".py") or text.lstrip().startswith("<"):
        return None
    makers = (*_MAKERS, *_WORLDS) if with_worlds else _MAKERS
    found = [f"{name}:{each}" for each in find_applications(text, makers)]
    if not found:
        return f"Name the application in it: {name}:app."
    return f"Did you mean {' or '.join(found)}?"


def find_applications(source: str, makers: Collection[str] = _MAKERS) -> list[str]:
    """The names of what *makers* make at the top of *source*, as far as they can be read from it.

    Without them WSGI and ASGI applications are meant.
    """
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []
    return list(dict.fromkeys(name for each in tree.body for name in _names(each, makers)))


def _names(statement: ast.stmt, makers: Collection[str]) -> Iterator[str]:
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef):
        if [each.arg for each in statement.args.args] in _PARAMETERS:
            yield statement.name
        return
    if not isinstance(statement, ast.Assign | ast.AnnAssign) or not _makes(statement.value, makers):
        return
    targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
    yield from (each.id for each in targets if isinstance(each, ast.Name))


def _makes(value: ast.expr | None, makers: Collection[str]) -> bool:
    """Whether *value* calls one of *makers*."""
    if not isinstance(value, ast.Call):
        return False
    called = value.func
    name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
    return name in makers
