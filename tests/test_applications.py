"""An application is named in one way wherever one is named, and what is wrong with it is told in the same words."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import twilio_magic as tm
from twilio_magic.applications import load_application
from twilio_magic.cli import main

SHOP = """
from flask import Flask

def create_app():
    app = Flask("shop")

    @app.post("/voice")
    def voice():
        return "<Response><Say>The shop is open.</Say></Response>"

    return app

app = create_app()

def scenario(simulator):
    simulator.mount("https://shop.example.com", app)
    simulator.numbers["+12125551234"].voice_url = "https://shop.example.com/voice"
    return simulator.receive("+14155550100", "+12125551234")
"""
FORMS = ["shop_a:app", "shop_a.py:app", "./shop_a.py:app", "shop_a:create_app()"]
WRONG = {
    "shop_a:ap": "Did you mean shop_a:app?",
    "shop_a.py:ap": "Did you mean shop_a.py:app?",
    "shop_b:app": "There is no module shop_b.",
    "shop_b.py:app": "shop_b.py: there is no such file.",
    "broken_shop:app": "ZeroDivisionError",
    "broken_shop.py:app": "ZeroDivisionError",
    "shop_a:scenario()": "cannot be loaded: TypeError",
}
#: Files that Python cannot read: the line that is told, and the next step.
UNREADABLE = {
    "  app = None\n": (
        "IndentationError: unexpected indent",
        "Take the blanks away at the beginning",
    ),
    "app = (\n": ("SyntaxError: '(' was never closed", "Mend line 1 of"),
}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder with applications, which is the current one; their modules are forgotten afterwards."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", list(sys.path))
    tmp_path.joinpath("shop_a.py").write_text(SHOP)
    tmp_path.joinpath("broken_shop.py").write_text("1 / 0\n")
    yield tmp_path
    for name in ("shop_a", "broken_shop", "unreadable_shop", "next_shop"):
        sys.modules.pop(name, None)


def simulate(name: str) -> int:
    return main(["simulate", name])


def explore(name: str) -> int:
    return main(["explore", name])


def run_dialog(name: str) -> int:
    Path("it.dialog").write_text(f'app: {name}\ndialog "it"\n  hear "open"\n')
    return main(["test", "it.dialog"])


@pytest.mark.parametrize("source", UNREADABLE)
@pytest.mark.parametrize("file", ["unreadable_shop.py", "next_shop.py"])
@pytest.mark.parametrize("name", ["unreadable_shop:app", "unreadable_shop.py:app"])
def test_a_file_that_cannot_be_read_is_told_with_its_line_and_what_to_do(
    source: str, file: str, name: str
) -> None:
    """... also if it is another one that imports it; and nothing is told of how Python imports."""
    Path("unreadable_shop.py").write_text("import next_shop\n")
    Path(file).write_text(source)
    words, step = UNREADABLE[source]
    with pytest.raises(tm.TwilioMagicError) as raised:
        load_application(name, Path())

    error = raised.value
    assert f"{words} ({file}:1)." in error.message
    assert f"{file}:1" in error.excerpt
    assert f"    {source.strip()}" in error.excerpt
    assert step in str(error.hint)
    assert file in str(error.hint)
    assert "frozen" not in str(error)


DOORS = pytest.mark.parametrize("door", [simulate, explore, run_dialog])


@DOORS
@pytest.mark.parametrize("name", FORMS)
def test_an_application_is_named_in_one_way_everywhere(
    door: Callable[[str], int], name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert door(name) == 0, capsys.readouterr()


@DOORS
@pytest.mark.parametrize(("name", "told"), WRONG.items())
def test_what_is_wrong_is_told_in_the_same_words(
    door: Callable[[str], int], name: str, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert door(name) != 0

    said = capsys.readouterr()
    assert told in " ".join(f"{said.out} {said.err}".replace("│", " ").split())


def test_a_scenario_may_be_in_a_file(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["load", "shop_a.py:scenario", "-n", "3", "-p", "1"]) == 0
    assert "3 callers" in capsys.readouterr().out


def test_a_module_is_run_once_however_it_is_named(folder: Path) -> None:
    folder.joinpath("shop_a.py").write_text(
        f"{SHOP}\nimport pathlib\nruns = pathlib.Path('count')\n"
        "runs.write_text(runs.read_text() + 'x' if runs.exists() else 'x')\n"
    )
    for name in FORMS * 2:
        assert run_dialog(name) == 0

    assert folder.joinpath("count").read_text() == "x"
