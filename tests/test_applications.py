"""An application is named in one way wherever one is named, and what is wrong with it is told in the same words."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

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


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder with applications, which is the current one; their modules are forgotten afterwards."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", list(sys.path))
    tmp_path.joinpath("shop_a.py").write_text(SHOP)
    tmp_path.joinpath("broken_shop.py").write_text("1 / 0\n")
    yield tmp_path
    for name in ("shop_a", "broken_shop"):
        sys.modules.pop(name, None)


def simulate(name: str) -> int:
    return main(["simulate", name])


def explore(name: str) -> int:
    return main(["explore", name])


def run_dialog(name: str) -> int:
    Path("it.dialog").write_text(f'app: {name}\ndialog "it"\n  hear "open"\n')
    return main(["test", "it.dialog"])


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
