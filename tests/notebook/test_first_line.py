"""A cell magic that is not the first line of its cell is told so; Python would call it invalid syntax."""

from __future__ import annotations

import pytest

from .conftest import Notebook

DOCUMENT = "<Response><Say>Hello.</Say></Response>"


@pytest.mark.parametrize("above", ["# my answer", "guest = 'Ann'", "import os\n\nx = 1"])
@pytest.mark.parametrize("magic", ["%%twiml hello", "%%call +13105555555", "%%phone"])
def test_what_stands_above_a_cell_magic_goes_into_a_cell_of_its_own(
    notebook: Notebook, above: str, magic: str
) -> None:
    error = notebook.error(*above.splitlines(), magic, DOCUMENT)

    assert f"{magic.split(maxsplit=1)[0]} stands in line" in error.message
    assert "must be the first line" in (error.hint or "")


@pytest.mark.parametrize("magic", ["%twiml hello", "%call +13105555555 --from +12125551234"])
def test_a_document_below_a_single_percent_sign_needs_two(notebook: Notebook, magic: str) -> None:
    error = notebook.error(magic, DOCUMENT)

    assert "a document stands below it" in error.message
    assert f"Write %{magic.split(maxsplit=1)[0]}" in (error.hint or "")


@pytest.mark.parametrize(
    "cell",
    [
        ["", f"%%twiml hello\n{DOCUMENT}"],  # blank lines do not count
        ["%%capture", "%%twiml hello", DOCUMENT],  # another cell magic knows what to do with it
        ["text = '''", "%%twiml hello", "'''"],  # a text of Python
        ["# %%twiml hello"],
        ["%twiml --describe Say", "x = 1"],
    ],
)
def test_every_other_cell_is_left_alone(notebook: Notebook, cell: list[str]) -> None:
    assert notebook.run(*cell).success


def test_it_leaves_with_the_extension(notebook: Notebook) -> None:
    notebook.run("%unload_ext twilio_magic")

    assert isinstance(
        notebook.run("# above", "%%twiml hello", DOCUMENT).error_before_exec, SyntaxError
    )
