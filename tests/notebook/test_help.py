"""Every magic has the same ``--help``, and ``%call`` the same options as ``twilio-magic call``."""

from __future__ import annotations

import re

import pytest

from twilio_magic.cli import main

from .conftest import MAGICS, Notebook

_OPTION = re.compile(r"--[a-z][\w-]*")


@pytest.mark.parametrize("name", MAGICS)
def test_help_lists_the_options_and_does_nothing_else(notebook: Notebook, name: str) -> None:
    assert notebook.value(f"%{name} --help") is None
    assert notebook.printed.startswith((f"usage: %{name}", f"usage: %%{name}"))
    assert "--help" in notebook.printed
    assert "examples:" in notebook.printed


@pytest.mark.parametrize("name", MAGICS)
def test_the_docstring_leads_to_the_help(notebook: Notebook, name: str) -> None:
    magic = notebook.shell.find_line_magic(name)

    assert magic is not None
    assert (magic.__doc__ or "").endswith(f"%{name} --help lists the options.")


@pytest.mark.parametrize("line", ["%call +13105555555", "%calls", "%phone +14155550100 dials +1"])
def test_a_name_that_no_variable_can_have_is_refused_before_anything_is_done(
    notebook: Notebook, line: str
) -> None:
    assert "cannot be the name of a variable" in str(notebook.error(f"{line} --out 1st"))
    assert notebook.value("%calls") == []


def test_a_call_has_the_same_options_in_a_notebook_and_in_a_terminal(
    notebook: Notebook, capsys: pytest.CaptureFixture[str]
) -> None:
    notebook.run("%call --help")
    in_notebook = set(_OPTION.findall(notebook.printed))
    with pytest.raises(SystemExit):
        main(["call", "--help"])
    in_terminal = set(_OPTION.findall(capsys.readouterr().out))

    assert in_notebook - in_terminal == {"--out"}
    assert in_terminal - in_notebook == {"--live", "--profile"}
    assert {"--say", "--app", "--status-callback", "--dry-run"} <= in_terminal


def test_the_help_has_examples_first_and_what_is_rare_last(
    notebook: Notebook, capsys: pytest.CaptureFixture[str]
) -> None:
    notebook.run("%call --help")
    in_notebook = notebook.printed
    with pytest.raises(SystemExit):
        main(["call", "--help"])

    for text in (in_notebook, capsys.readouterr().out):
        places = [
            text.index(each)
            for each in ('--say "Hello', "  --from END", "  --url URL", "--passports ")
        ]
        assert places == sorted(places)
        assert text.splitlines()[0].endswith("call TO --from NUMBER [options]")
        assert text.rstrip().splitlines()[-1].startswith("  --passports")
