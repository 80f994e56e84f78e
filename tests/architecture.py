"""The package's modules and what they import, read from their source."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import twilio_magic

PACKAGE = Path(twilio_magic.__file__).parent
ROOT = "twilio_magic"


@dataclass(frozen=True)
class Module:
    """One module: its dotted *name* below the package ("" for the package itself) and its *source*."""

    name: str
    source: str
    is_package: bool = False

    @property
    def tree(self) -> ast.Module:
        return _parse(self.source)

    @property
    def folder(self) -> str:
        """The dotted name of the folder that the module stands in."""
        return self.name if self.is_package else self.name.rpartition(".")[0]

    @property
    def is_private(self) -> bool:
        return any(
            part.startswith("_") and not part.endswith("__") for part in self.name.split(".")
        )


@dataclass(frozen=True)
class Import:
    """*module* imports *target* on *line*."""

    module: str
    target: str
    line: int

    def __str__(self) -> str:
        return f"{self.module}:{self.line} imports {self.target}"


Modules = Mapping[str, Module]


@cache
def _parse(source: str) -> ast.Module:
    """The same source is parsed once, however many rules look at it."""
    return ast.parse(source)


def modules() -> dict[str, Module]:
    """Every module of the package, by its dotted name below it."""
    found = (read(path) for path in sorted(PACKAGE.rglob("*.py")))
    return {module.name: module for module in found}


def read(path: Path) -> Module:
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    is_package = parts[-1] == "__init__"
    name = ".".join(parts[:-1] if is_package else parts)
    return Module(name, path.read_text("utf-8"), is_package)


def imports(module: Module, known: Modules, *, for_types: bool = True) -> Iterator[Import]:
    """What *module* imports of the package: relative and absolute, at the top, lazily and in functions.

    Imports for the type checker alone never run; without *for_types* they are left out.
    """
    tree = module.tree
    skipped = set() if for_types else {id(node) for node in _type_checking(tree)}
    for node in ast.walk(tree):
        if id(node) not in skipped:
            for target in _targets(node, module, known):
                yield Import(module.name, target, node.lineno)  # type: ignore[attr-defined]


def _type_checking(tree: ast.AST) -> Iterator[ast.AST]:
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            for inner in node.body:
                yield from ast.walk(inner)


def _targets(node: ast.AST, module: Module, known: Modules) -> Iterator[str]:
    if isinstance(node, ast.ImportFrom):
        base = _base(node, module)
        if base is not None:
            for alias in node.names:
                inner = f"{base}.{alias.name}".lstrip(".")
                yield inner if inner in known else base
    elif isinstance(node, ast.Import):
        for alias in node.names:
            if alias.name.split(".")[0] == ROOT:
                yield alias.name.partition(".")[2]


def _base(node: ast.ImportFrom, module: Module) -> str | None:
    """What stands between ``from`` and ``import``, below the package; ``None`` for another package."""
    if not node.level:
        root, _, below = (node.module or "").partition(".")
        return below if root == ROOT else None
    package = module.folder.split(".") if module.folder else []
    up = node.level - 1
    kept = package[: len(package) - up] if up else package
    return ".".join([*kept, *(node.module.split(".") if node.module else [])])


def cycles(graph: Mapping[str, set[str]]) -> list[set[str]]:
    """The groups of two or more nodes that reach each other."""
    reach = {node: _reachable(node, graph) for node in graph}
    groups: list[set[str]] = []
    for node in graph:
        group = {other for other in reach[node] if node in reach.get(other, ())} | {node}
        if len(group) > 1 and group not in groups:
            groups.append(group)
    return groups


def _reachable(start: str, graph: Mapping[str, set[str]]) -> set[str]:
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        for following in graph.get(waiting.pop(), ()):
            if following not in seen:
                seen.add(following)
                waiting.append(following)
    return seen
