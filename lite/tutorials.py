"""The tutorials as the site has them: what a page of a browser cannot run says so, and does not stop the rest."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbformat import NotebookNode

ROOT = Path(__file__).parents[1]
_EXPECTED = "raises-exception"
#: The tutorials with what lies beside them, and the pages that they link to.
_PAGES = ("docs/*.md", "docs/how-to/*.md", "docs/twiml/*.md")
_CACHES = shutil.ignore_patterns("__pycache__", ".*")


@dataclass(frozen=True)
class Unrunnable:
    """A cell of the tutorial *notebook*, by its first line, that no page can run, and the *reason*."""

    notebook: str
    line: str
    reason: str


UNRUNNABLE = (
    Unrunnable(
        "11-your-own-application",
        "!{sys.executable} -m pytest",
        "A page of a browser cannot start another program: pytest runs where Python is installed.",
    ),
)


def write_tutorials(home: Path) -> None:
    """Put the tutorials and their pages into the folder *home*, as they lie in the repository."""
    shutil.rmtree(home, ignore_errors=True)
    shutil.copytree(ROOT / "notebooks", home / "notebooks", ignore=_CACHES)
    for path in (path for pattern in _PAGES for path in ROOT.glob(pattern)):
        target = home / path.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, target)
    for cell in UNRUNNABLE:
        _explain(home / "notebooks" / f"{cell.notebook}.ipynb", cell)


def _explain(path: Path, unrunnable: Unrunnable) -> None:
    """Say above its cell why it is not run, and let the cells behind it run."""
    notebook: NotebookNode = nbformat.read(path, as_version=4)
    notebook.cells = list(_explained(notebook.cells, unrunnable))
    nbformat.write(notebook, path)


def _explained(cells: list[NotebookNode], unrunnable: Unrunnable) -> Iterator[NotebookNode]:
    for cell in cells:
        if cell.source.partition("\n")[0] == unrunnable.line:
            cell.metadata["tags"] = [*cell.metadata.get("tags", ()), _EXPECTED]
            yield nbformat.v4.new_markdown_cell(f"> {unrunnable.reason}", id=f"{cell.id}-here")
        yield cell
