"""The tutorials on the documentation site: each page leads to where its notebook runs, in the reader's browser."""

from __future__ import annotations

from pathlib import Path

import nbformat
from nbformat import NotebookNode

# Sphinx knows nothing of what is put beside its pages, and leaves HTML alone.
_LINK = """<p class="run-it-here"><a href="../{folder}/lab/index.html?path=notebooks/{name}">Run it here</a>
in your browser: nothing is installed, and it takes some ten seconds to begin.</p>"""


def with_link(path: Path, folder: str) -> str:
    """The notebook at *path*, with a link below its title to the copy of it that runs in the site in *folder*."""
    notebook: NotebookNode = nbformat.read(path, as_version=4)
    link = _LINK.format(folder=folder, name=path.name)
    title, _, rest = notebook.cells[0].source.partition("\n")
    notebook.cells[0].source = f"{title}\n\n{link}\n\n{rest}"
    text: str = nbformat.writes(notebook)
    return text
