"""What the documentation says is so: its links lead somewhere, and its code runs."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import twilio_magic as tm
from docs.site import reference
from twilio_magic.cli import main

from .pages import HOME, anchors, blocks, links, pages, text_of

HOW_TO = HOME / "docs" / "how-to"


def name(path: Path) -> str:
    return str(path.relative_to(HOME))


#: Pages whose Python runs from the first block to the last, without pytest.
RUNNING = [
    HOW_TO / "call-from-a-browser.md",
    HOW_TO / "check-twiml-in-pre-commit.md",
    HOW_TO / "load-test-an-ivr.md",
    HOW_TO / "map-an-ivr.md",
    HOW_TO / "rehearse-a-voice-agent.md",
    HOW_TO / "teach-a-class.md",
    HOW_TO / "try-another-way-in-a-call.md",
    HOW_TO / "use-another-language.md",
    HOW_TO / "use-other-notebooks.md",
    HOW_TO / "use-your-existing-code.md",
    HOME / "docs" / "how-the-simulator-keeps-time.md",
]


@pytest.mark.parametrize("path", pages(), ids=name)
def test_every_link_leads_to_a_page_and_a_heading_that_are_there(path: Path) -> None:
    broken = []
    for link in links(path):
        target, _, anchor = link.partition("#")
        there = (path.parent / target).resolve() if target else path
        if not there.exists() or (anchor and anchor not in anchors(there)):
            broken.append(link)

    assert not broken


def test_the_front_page_of_the_site_lists_every_page_on_how_to() -> None:
    listed = (HOME / "docs" / "site" / "index.md").read_text("utf-8").splitlines()

    assert [page for page in HOW_TO.glob("*.md") if f"docs/how-to/{page.stem}" not in listed] == []


def python_of(path: Path) -> list[str]:
    return [block.text for block in blocks(path) if block.language == "python"]


@pytest.mark.parametrize("path", RUNNING, ids=name)
def test_the_python_of_a_page_runs(path: Path) -> None:
    found = python_of(path)

    assert found
    exec("\n".join(found), {"__name__": "page"})  # noqa: S102 - it is our own


@pytest.mark.parametrize("path", pages(), ids=name)
def test_a_page_is_spelled_as_twilio_spells(path: Path) -> None:
    """The American way: canceled, dialed."""
    british = r"(?i)\b(?:dial|cancel|label|travel|signal|model)l(?:ed|ing)|\w*(?:colour|haviour|ghbour|avour|cognis)\w*"

    assert re.findall(british, text_of(path)) == []


def test_every_page_with_python_is_run() -> None:
    with_python = {path for path in pages() if path.suffix == ".md" and python_of(path)}
    elsewhere = {HOME / "README.md", HOW_TO / "test-an-ivr-in-ci.md"}

    assert with_python == {*RUNNING, *elsewhere}


def test_the_page_on_ci_is_a_test_suite_that_passes(pytester: pytest.Pytester) -> None:
    """Its blocks, one below the other, are a file of tests; the last of them runs by itself."""
    pytester.makepyfile("\n\n".join(python_of(HOW_TO / "test-an-ivr-in-ci.md")))

    pytester.runpytest_subprocess().assert_outcomes(passed=4)


def commands(path: Path) -> list[str]:
    """The lines that begin with our command, joined where they go on."""
    shell = [block.text for block in blocks(path) if block.language == "sh"]
    lines = "".join(shell).replace("\\\n", " ").splitlines()
    return [line for line in lines if line.startswith("twilio-magic ")]


@pytest.mark.parametrize(
    "line",
    [line for path in pages() if path.suffix == ".md" for line in commands(path)],
)
def test_every_command_of_a_page_is_one_that_there_is(
    line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its words are understood: with ``--help`` behind them it prints help, where a wrong option ends it."""
    with pytest.raises(SystemExit) as ended:
        main([*shlex.split(line.partition("  #")[0])[1:], "--help"])

    assert ended.value.code == 0


def test_the_command_of_the_page_on_ci_tests_a_menu(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = commands(HOW_TO / "test-an-ivr-in-ci.md")
    line = next(line for line in lines if line.startswith("twilio-magic simulate menu"))
    menu = "<Response><Gather numDigits='1' action='/x'><Say>{}</Say></Gather></Response>"
    monkeypatch.chdir(tmp_path)

    Path("menu.twiml").write_text("<Response><Say>Nothing of the kind.</Say></Response>", "utf-8")
    assert main(shlex.split(line)[1:]) == 1
    Path("menu.twiml").write_text(menu.format("Press 1.").replace(" action='/x'", ""), "utf-8")
    assert main(shlex.split(line)[1:]) == 0


def test_the_commands_of_the_page_on_ci_run_the_functions_of_its_file(tmp_path: Path) -> None:
    """In a process of their own: the file takes the simulator of a notebook."""
    page = HOW_TO / "test-an-ivr-in-ci.md"
    [cell] = [block.text for block in blocks(page) if block.text.startswith("%%writefile ivr.py")]
    tmp_path.joinpath("ivr.py").write_text(cell.partition("\n")[2], "utf-8")
    lines = [
        line for line in commands(page) if "ivr.py:simulator" in line and " serve " not in line
    ]

    assert len(lines) == 2
    for line in lines:
        words = shlex.split(line)[1:]
        command = [sys.executable, "-B", "-m", "twilio_magic", *words]
        ran = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert "nine to five" in ran.stdout, ran.stderr


def test_the_dialogs_of_the_page_on_ci_pass_and_one_fails_as_it_shows(tmp_path: Path) -> None:
    """They run in a process of their own, as in CI: the module of the application is called as many are."""
    page = HOW_TO / "test-an-ivr-in-ci.md"
    application = python_of(page)[0]
    dialogs, of_functions = (block.text for block in blocks(page) if block.text.startswith("app: "))
    [shown] = [block.text for block in blocks(page) if block.text.startswith("✗ ivr.dialog")]
    mistaken = application.replace('{"1": "sales", "2": "support"}.get(', '{"1": "sales"}[', 1)
    mistaken = mistaken.replace('request.form["Digits"])', 'request.form["Digits"]]', 1)
    tmp_path.joinpath("ivr.dialog").write_text(dialogs, "utf-8")

    def run(source: str, *options: str) -> str:
        tmp_path.joinpath("ivr.py").write_text(source, "utf-8")
        command = [sys.executable, "-B", "-m", "twilio_magic", "test", "ivr.dialog", *options]
        ran = subprocess.run(
            command,
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(HOME), "PYTHONIOENCODING": "utf-8"},
            capture_output=True,
            check=False,
            timeout=300,
        )
        return ran.stdout.decode()

    assert run(application).endswith("3 dialogs, 0 failed.\n")
    assert run(mistaken, "-k", "reached").strip() == shown.strip()
    [cell] = [block.text for block in blocks(page) if block.text.startswith("%%writefile ivr.py\n")]
    tmp_path.joinpath("ivr.dialog").write_text(of_functions, "utf-8")
    assert run(cell.partition("\n")[2]).endswith("1 dialog, 0 failed.\n")


def test_blocks_of_data_are_well_formed() -> None:
    readers = {"json": json.loads, "toml": tomllib.loads}
    for path in pages():
        for block in blocks(path):
            if block.language in readers:
                readers[block.language](block.text)


@pytest.mark.parametrize("path", [path for path in pages() if path.suffix == ".md"], ids=name)
def test_every_block_says_its_language_or_is_a_cell_or_what_it_shows(path: Path) -> None:
    """A block without a language is a cell, or what comes out of one; both are read as they stand.

    ``python`` runs in tests, ``py`` needs what tests do not install.
    """
    known = {"", "sh", "python", "py", "yaml", "json", "toml", "js", "text", "xml", "php"}

    assert {block.language for block in blocks(path)} <= known


def test_the_page_of_python_has_every_public_name() -> None:
    errors = {
        name
        for name in tm.__all__
        if isinstance(getattr(tm, name), type) and issubclass(getattr(tm, name), Exception)
    }
    told = {name for names in reference.SUBJECTS.values() for name in names}

    assert told | errors == set(tm.__all__)
    assert not told & errors


@pytest.mark.parametrize("page", ["magics.md", "command-line.md"])
def test_every_option_on_a_generated_page_has_two_cells_that_say_something(page: str) -> None:
    rows = [line for line in reference.pages()[page].splitlines() if line.startswith("| ")]

    assert rows
    for row in rows:
        cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", row)[1:-1]]
        assert len(cells) == 2, row
        assert all(cells), row


def test_the_page_of_the_command_line_has_the_options_of_a_call() -> None:
    """They are made when they are asked for, from the table of parameters."""
    section = reference.commands().split("## `twilio-magic call`")[1].split("## ")[0]

    assert "`--status-callback`" in section


def test_every_make_target_of_a_page_is_one_that_there_is() -> None:
    targets = {
        line.partition(":")[0]
        for line in (HOME / "Makefile").read_text("utf-8").splitlines()
        if re.match(r"[a-z-]+:", line)
    }
    asked = {
        word
        for path in pages()
        for word in re.findall(r"(?:^|`)make ([a-z][a-z-]*)", text_of(path), re.MULTILINE)
    }

    assert {"demo", "lab", "test", "docs", "bench", "dist"} <= asked <= targets


def test_the_notebooks_that_binder_opens_are_trusted() -> None:
    """Those that `make lab` opens are trusted by `twilio-magic learn`, which has tests of its own."""
    assert "jupyter trust notebooks/*.ipynb" in (HOME / "binder/postBuild").read_text("utf-8")
    assert "twilio-magic learn" in (HOME / "Makefile").read_text("utf-8")
