"""What a new run of a notebook says otherwise than its stored outputs, told cell by cell."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from difflib import unified_diff

from nbformat import NotebookNode

#: Markup is compared a tag a line: what the views write is one long line.
_BETWEEN_TAGS = re.compile(r">(?=<)")


def differences(stored: NotebookNode, fresh: NotebookNode) -> list[str]:
    """What *fresh* says otherwise than *stored*: for each part of an output the cell, the part, and what changed in it."""
    return [
        told
        for place, (old, new) in enumerate(zip(stored.cells, fresh.cells, strict=True), start=1)
        if old.cell_type == "code"
        for told in _differences_of_cell(place, old, new)
    ]


def _differences_of_cell(place: int, stored: NotebookNode, fresh: NotebookNode) -> Iterator[str]:
    old, new = dict(_parts(stored)), dict(_parts(fresh))
    first = stored.source.partition("\n")[0]
    for part in dict.fromkeys([*old, *new]):
        if old.get(part) != new.get(part):
            yield "\n".join(
                [
                    f"cell {place} ({first}), {part}:",
                    *unified_diff(
                        _lines(old.get(part, "")),
                        _lines(new.get(part, "")),
                        "stored" if part in old else "stored: nothing",
                        "now" if part in new else "now: nothing",
                        lineterm="",
                    ),
                ]
            )


def _parts(cell: NotebookNode) -> Iterator[tuple[str, str]]:
    """The texts of a cell's outputs, each by its place and kind: ``output 2, text/html``."""
    for place, output in enumerate(cell.outputs, start=1):
        name = f"output {place}"
        if output.output_type == "stream":
            yield f"{name}, {output.name}", output.text
        elif output.output_type == "error":
            yield f"{name}, error", f"{output.ename}: {output.evalue}"
            yield f"{name}, traceback", "\n".join(output.traceback)
        else:
            yield from ((f"{name}, {mime}", _text(said)) for mime, said in output.data.items())


def _text(said: object) -> str:
    return said if isinstance(said, str) else json.dumps(said, indent=1, sort_keys=True)


def _lines(text: str) -> list[str]:
    return _BETWEEN_TAGS.sub(">\n", text).splitlines()
