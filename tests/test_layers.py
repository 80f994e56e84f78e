"""The floors of the house: imports go down only, and through a floor's front door."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import twilio_magic

PACKAGE = Path(twilio_magic.__file__).parent

#: From the top to the ground. What is on one line shares a floor.
FLOORS = (
    ("notebook",),
    ("cli", "__main__"),
    ("testing",),
    ("views",),
    ("exercises",),
    ("simulation",),
    ("api",),
    ("twiml",),
    ("endpoints",),
    ("errors", "problem", "secret", "timeline", "display", "ladder"),
)
HEIGHT = {name: -level for level, names in enumerate(FLOORS) for name in names}
MODULES = sorted(PACKAGE.rglob("*.py"))


def floor(module: str) -> str:
    """The floor of a dotted module name below the package."""
    return module.split(".", maxsplit=1)[0]


def own_name(path: Path) -> str:
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


def imports(path: Path, *, of_types: bool = True) -> Iterator[tuple[str, int]]:
    """The modules of the package that *path* imports, by dotted names below it, with their lines.

    Imports for the type checker alone never run; without *of_types* they are left out.
    """
    package = ["twilio_magic", *path.relative_to(PACKAGE).parent.parts]
    tree = ast.parse(path.read_text("utf-8"))
    skipped = [] if of_types else [node for node in ast.walk(tree) if _is_for_types(node)]
    for node in set(ast.walk(tree)) - {inner for block in skipped for inner in ast.walk(block)}:
        if isinstance(node, ast.ImportFrom) and node.level:
            base = package[: len(package) - node.level + 1]
            target = [*base, *(node.module.split(".") if node.module else [])][1:]
            if target:
                yield ".".join(target), node.lineno
            else:
                yield from ((alias.name, node.lineno) for alias in node.names)


def _is_for_types(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"


def is_private(module: str) -> bool:
    return any(part.startswith("_") and not part.endswith("__") for part in module.split("."))


@pytest.mark.parametrize("path", MODULES, ids=own_name)
def test_imports_go_down_only(path: Path) -> None:
    own = floor(own_name(path))
    if own == "":
        return  # the table of contents names every floor, and loads none
    upward = [
        f"{path.name}:{line} imports {name}"
        for name, line in imports(path, of_types=False)
        if floor(name) in HEIGHT and HEIGHT[floor(name)] > HEIGHT[own]
    ]

    assert not upward


@pytest.mark.parametrize("path", MODULES, ids=own_name)
def test_a_floor_is_entered_by_its_front_door(path: Path) -> None:
    """Another floor's private modules are its own affair."""
    own = floor(own_name(path))
    through_the_window = [
        f"{path.name}:{line} imports {name}"
        for name, line in imports(path)
        if floor(name) != own and is_private(name)
    ]

    assert own in HEIGHT or own == ""
    assert not through_the_window


@pytest.mark.parametrize("path", MODULES, ids=own_name)
def test_only_the_notebook_and_the_command_line_print(path: Path) -> None:
    calls = [
        node.lineno
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "print"
    ]

    assert not calls or floor(own_name(path)) in ("notebook", "cli")


@pytest.mark.parametrize("path", MODULES, ids=own_name)
def test_a_module_is_one_concept_short_enough_to_read_in_one_sitting(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= 300


@pytest.mark.parametrize("path", MODULES, ids=own_name)
def test_only_the_server_starts_threads_and_opens_ports(path: Path) -> None:
    opening = {
        "Thread",
        "ThreadPoolExecutor",
        "Timer",
        "create_server",
        "socketserver",
        "make_server",
    }
    names = {
        name
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ImportFrom | ast.Import)
        for name in [getattr(node, "module", None), *(alias.name for alias in node.names)]
    }

    assert not names & opening or own_name(path) == "simulation.server"
