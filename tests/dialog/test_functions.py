"""An IVR of functions, each mounted at its address, is tested as a dialog: written by hand, and made of a call."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

import twilio_magic as tm
from twilio_magic.applications import load_application
from twilio_magic.cli import main

IVR = """\
import twilio_magic as tm

simulator = tm.Simulator(seed=0)
simulator.numbers["+12125550000"].voice_url = "https://shop.example.com/menu"
simulator.phones["+13105550101"] = "answer; say 'Ann here'; wait 1; hang up"


@simulator.webhook("https://shop.example.com/menu")
def menu():
    return "<Response><Gather numDigits='1' action='/key'><Say>Press 1 for Ann.</Say></Gather></Response>"


@simulator.webhook("https://shop.example.com/key")
def key(request):
    if request["Digits"] == "1":
        return "<Response><Dial>+13105550101</Dial></Response>"
    return "<Response><Redirect>/night</Redirect></Response>"


simulator.mount("https://shop.example.com/night", "<Response>\\n<Say>Closed.</Say></Response>")
"""
DIALOG = """\
app: functions_ivr.py:simulator

dialog "Ann is reached"
  hear "press 1"
  press 1
  hear "Ann here"
  expect dialed +13105550101
  expect no errors

dialog "a path of its functions may come first"
  url: /night
  hear "closed"
"""
CALLER = "+14155550100"


@pytest.fixture
def ivr(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tm.Simulator]:
    """The simulator in the file ``functions_ivr.py`` of the current directory."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", list(sys.path))
    Path("functions_ivr.py").write_text(IVR, "utf-8")
    found = load_application("functions_ivr.py:simulator")
    assert isinstance(found, tm.Simulator)
    yield found
    for name, module in list(sys.modules.items()):
        if Path(getattr(module, "__file__", None) or "").parent == tmp_path:
            del sys.modules[name]


def run(text: str) -> int:
    """The exit status of ``twilio-magic test`` with *text* in a file."""
    Path("it.dialog").write_text(text, "utf-8")
    return main(["test", "it.dialog"])


def test_a_dialog_runs_where_everything_is_as_in_a_simulator(
    ivr: tm.Simulator, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its mounts, its number that something answers, and its phones."""
    assert run(DIALOG) == 0
    assert "2 dialogs, 0 failed." in capsys.readouterr().out
    assert ivr.call_count == 0


def test_a_call_with_functions_of_a_file_becomes_a_dialog_that_names_them_all(
    ivr: tm.Simulator,
) -> None:
    call = ivr.receive(CALLER, "+12125550000", phone="hear 'Ann'; press 2").wait()
    text = call.to_dialog()

    assert [line for line in text.splitlines() if "given" in line] == [
        "given app functions_ivr:key at https://shop.example.com/key",
        "given app functions_ivr:menu at https://shop.example.com/menu",
        "given app <Response> <Say>Closed.</Say></Response> at https://shop.example.com/night",
    ]
    assert run(text) == 0


def test_a_call_with_functions_of_no_file_becomes_a_dialog_that_says_the_next_step(
    ivr: tm.Simulator,
) -> None:
    """In a notebook functions are in no file; in the world of the notebook the dialog runs as it is."""
    own: dict[str, tm.Simulator] = {"__name__": "__main__"}  # type: ignore[dict-item]
    exec(IVR, own)  # noqa: S102 - as the cell of a notebook is run
    call = own["simulator"].receive(CALLER, "+12125550000", phone="hear 'Ann'; press 2").wait()
    text = call.to_dialog()

    assert text.startswith(
        "# 1. For twilio-magic test, write this into menu.dialog (%%writefile).\n"
        "# 2. Copy the whole cells that define menu and key, and what they use.\n"
        "# 3. Write them into menu.py; then delete the # before what names it.\n"
    )
    assert "# given app menu.py:menu at https://shop.example.com/menu\n" in text
    assert tm.dialogs(text).run(own["simulator"]).passed
    Path("menu.py").write_text(IVR, "utf-8")
    assert run(text.replace("# given", "given")) == 0


def remarks_of(*names: str) -> list[str]:
    """How a dialog begins whose call asked functions of *names*, one after another, which are in no file."""
    simulator = tm.Simulator(seed=0)
    for name, following in pairwise((*names, "")):
        verb = f"<Redirect>/{following}</Redirect>" if following else "<Hangup/>"
        own: dict[str, str] = {"__name__": "__main__", "page": f"<Response>{verb}</Response>"}
        exec(f"def {name}(): return page", own)  # noqa: S102 - as the cell of a notebook is run
        simulator.mount(f"https://shop.example.com/{name}", own[name])
    simulator.numbers["+12125550000"].voice_url = f"https://shop.example.com/{names[0]}"
    call = simulator.receive(CALLER, "+12125550000", phone="wait 9").wait()
    text: str = call.to_dialog()
    assert [exchange.status for exchange in call.webhooks] == [200] * len(names)
    return [line for line in text.splitlines() if line.startswith("#")]


@pytest.mark.parametrize(
    ("names", "listed"),
    [
        (["menu"], "menu"),
        (["menu", "key", "bye"], "menu, bye and key"),
        (["after", "department", "nurse", "night"], "after, department …"),
        (["ask_the_caller_for_a_date_of_birth"], "them"),
    ],
)
def test_the_steps_into_a_file_are_short_lines_however_many_functions_there_are(
    ivr: tm.Simulator, names: list[str], listed: str
) -> None:
    steps = remarks_of(*names)[:3]

    assert steps[1] == f"# 2. Copy the whole cells that define {listed}, and what they use."
    assert all(len(each) < 80 for each in steps)


@pytest.mark.parametrize(
    ("name", "there", "stem"),
    [
        ("menu", [], "menu"),
        ("menu", ["menu.py"], "menu2"),
        ("menu", ["menu.dialog", "menu2.py"], "menu3"),
        ("queue", [], "queue2"),
        ("ask_the_caller", [], "ivr"),
        ("ask_the_caller", ["ivr.py"], "ivr2"),
    ],
)
def test_the_files_of_the_steps_are_not_there_yet_and_stand_in_no_modules_way(
    ivr: tm.Simulator, name: str, there: list[str], stem: str
) -> None:
    for each in there:
        Path(each).touch()
    first, _, third, given = remarks_of(name)

    assert f" {stem}.dialog " in first
    assert f" {stem}.py;" in third
    assert given == f"# given app {stem}.py:{name} at https://shop.example.com/{name}"


def test_a_dialog_that_mounts_in_the_world_of_a_notebook_leaves_what_was_mounted_there(
    ivr: tm.Simulator,
) -> None:
    text = "given app <Response><Say>Night</Say></Response> at https://shop.example.com/night\n"
    text += 'url: https://shop.example.com/night\ndialog "it"\n  hear "night"\n'

    assert tm.dialogs(text).run(ivr).passed
    ivr.numbers["+12125550000"].voice_url = "https://shop.example.com/night"
    later = ivr.receive(CALLER, "+12125550000", phone="wait 9").wait()
    assert "Closed." in str(later.transcript)


def test_a_dialog_that_names_nothing_says_how_to_name_what_answers(
    ivr: tm.Simulator, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run('url: https://shop.example.com/menu\ndialog "it"\n  hear "Ann"\n') == 1
    said = " ".join(capsys.readouterr().out.split())
    assert "name what answers in a line above the dialog, app: FILE.py:NAME" in said
    assert "%mount" not in said


def test_a_file_that_has_a_simulator_is_told_with_the_name_of_it(
    ivr: tm.Simulator, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(DIALOG.replace(":simulator", "")) == 1
    assert "Did you mean functions_ivr.py:simulator?" in capsys.readouterr().out


def test_where_a_simulator_cannot_answer_that_is_told(ivr: tm.Simulator) -> None:
    with pytest.raises(tm.SimulatorError) as caught:
        tm.Simulator().mount("https://shop.example.com", ivr)  # type: ignore[arg-type]

    assert "In a dialog, app: may be a simulator." in str(caught.value.hint)
