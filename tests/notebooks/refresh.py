"""``make notebooks``: execute every notebook and save it with its outputs.

One engine makes all stored outputs, without widget state and with the same metadata each time.
"""

from __future__ import annotations

from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbformat import NotebookNode

FOLDER = Path(__file__).parents[2] / "notebooks"
#: A live widget, by a random name: where no kernel runs, the still picture beside it is shown in its place.
_WIDGET = "application/vnd.jupyter.widget-view+json"
_METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def paths() -> list[Path]:
    """Every notebook of the project, in reading order."""
    return sorted(FOLDER.glob("*.ipynb"))


def executed(path: Path) -> NotebookNode:
    """The notebook at *path*, run from top to bottom; an error that no cell announces is raised."""
    notebook: NotebookNode = nbformat.read(path, as_version=4)
    NotebookClient(
        notebook,
        kernel_name="python3",
        timeout=60,
        store_widget_state=False,
        coalesce_streams=True,
        resources={"metadata": {"path": str(path.parent)}},
    ).execute()
    return notebook


def tidy(notebook: NotebookNode) -> NotebookNode:
    """*notebook* without what differs between two runs."""
    notebook.metadata = nbformat.from_dict(_METADATA)
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
        for output in cell.get("outputs", ()):
            output.get("data", {}).pop(_WIDGET, None)
            if output.output_type == "error":
                output.traceback = [line.rstrip() for line in output.traceback]
    return notebook


def main() -> None:
    """Execute and save them all."""
    for path in paths():
        nbformat.write(tidy(executed(path)), path)


if __name__ == "__main__":
    main()
