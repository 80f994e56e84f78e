"""A tutorial's page of the documentation leads to the copy of it that runs in the site."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest

from docs.site.tutorials import with_link
from tests.notebooks.refresh import paths


@pytest.mark.parametrize("path", paths(), ids=lambda path: path.stem)
def test_a_tutorial_has_its_link_below_its_title_and_is_otherwise_as_it_was(path: Path) -> None:
    stored = nbformat.read(path, as_version=4)
    linked = nbformat.reads(with_link(path, "lite"), as_version=4)

    title, link, *_ = linked.cells[0].source.split("\n\n")
    assert title == stored.cells[0].source.partition("\n")[0]
    assert title.startswith("# ")
    assert f'href="../lite/lab/index.html?path=notebooks/{path.name}"' in link
    assert linked.cells[1:] == stored.cells[1:]
