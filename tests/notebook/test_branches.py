"""The cards of calls have buttons where a page of Jupyter shows them, and are plain HTML everywhere."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest

import twilio_magic as tm
from tests.calls import FROM
from twilio_magic.display import to_html
from twilio_magic.notebook import branches
from twilio_magic.notebook._cards import key_of
from twilio_magic.notebook.branches._buttons import BranchButtons

from .conftest import Notebook

PERSON = "+14155550100"
Ask = Callable[..., dict[str, Any]]


@pytest.fixture(autouse=True)
def page(notebook: Notebook, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A page of Jupyter that is open for this kernel."""
    monkeypatch.setenv("JPY_SESSION_NAME", "calls.ipynb")
    yield
    branches.uninstall_branches(notebook.shell)


@pytest.fixture
def simulator() -> tm.Simulator:
    simulator = tm.Simulator()

    @simulator.webhook("https://ivr.example.com/voice")
    def voice() -> str:
        said = "<Say>Press 1, or 2.</Say>"
        return f"<Response><Gather numDigits='1' action='/key'>{said}</Gather></Response>"

    @simulator.webhook("https://ivr.example.com/key")
    def key(request: dict[str, str]) -> str:
        return f"<Response><Say>You pressed {request['Digits']}.</Say></Response>"

    simulator.numbers[FROM].voice_url = "https://ivr.example.com/voice"
    return simulator


def show(notebook: Notebook, call: tm.Call) -> dict[str, Any]:
    """What a cell displays whose value is *call*."""
    assert notebook.shell.display_formatter is not None
    shown: dict[str, Any] = notebook.shell.display_formatter.format(call)[0]
    return shown


def call_of(simulator: tm.Simulator, phone: Any = "press 1") -> tm.Call:
    return simulator.receive(PERSON, FROM, phone=phone).wait()


def test_a_card_that_is_shown_in_a_page_is_told_to_the_buttons_and_stays_the_same_html(
    notebook: Notebook, simulator: tm.Simulator
) -> None:
    call = call_of(simulator)
    shown = show(notebook, call)

    assert shown == call._repr_mimebundle_()
    buttons = branches._page.find()
    assert buttons is not None
    assert buttons.cards == {key_of(call.sid, shown["text/html"]): ["0:00.0 “Press 1, or 2.”"]}


def test_no_widget_is_opened_where_no_page_is_nor_without_anywidget_nor_after_unloading(
    notebook: Notebook, simulator: tm.Simulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    call = call_of(simulator)
    with monkeypatch.context() as patched:
        patched.delenv("JPY_SESSION_NAME")
        assert "text/html" in show(notebook, call)
    with monkeypatch.context() as patched:
        patched.setitem(sys.modules, "anywidget", None)
        patched.delitem(sys.modules, "twilio_magic.notebook.branches._buttons")
        assert "text/html" in show(notebook, call)
    notebook.run("%unload_ext twilio_magic")
    assert "text/html" in show(notebook, call)

    assert branches._page._widget is None


@pytest.fixture
def ask(monkeypatch: pytest.MonkeyPatch) -> Iterator[Ask]:
    """Clicks at a Gather of a call, and returns the answer."""
    buttons = BranchButtons()
    answers: list[dict[str, Any]] = []
    monkeypatch.setattr(buttons, "send", answers.append)

    def ask_for(
        call: tm.Call, act: str, text: str = "", *, gather: int = 1, html: str = ""
    ) -> dict[str, Any]:
        card = html or to_html(call)
        if not html:
            buttons.offer(call, card)
        asked = {"id": "a", "card": key_of(call.sid, card), "gather": gather}
        buttons._receive(buttons, {**asked, "act": act, "text": text}, [])
        return answers[-1]

    yield ask_for
    buttons.close()


def test_keys_words_silence_and_a_hang_up_are_taken(simulator: tm.Simulator, ask: Ask) -> None:
    call = call_of(simulator)
    taken = {
        act: ask(call, act, text)
        for act, text in (
            ("press", " 2 "),
            ("say", 'so "two"'),
            ("stay silent", ""),
            ("hang up", ""),
        )
    }

    assert [each["title"] for each in taken.values()] == [
        "Branch at gather 1: key 2",
        "Branch at gather 1: “so two”",
        "Branch at gather 1: silence",
        "Branch at gather 1: hang-up",
    ]
    assert "You pressed 2." in taken["press"]["html"]
    assert taken["press"]["told"] == "Until 0:00.7 nothing is different."
    assert taken["press"]["code"] == "call.fork(before='gather 1', phone='press 2').wait()"


def test_what_is_the_same_is_told(simulator: tm.Simulator, ask: Ask) -> None:
    call = call_of(simulator, "press 1; wait 1; press 5")
    later = call_of(simulator, "wait 3; press 1")

    assert ask(call_of(simulator, "press 1"), "press", "1")["told"] == (
        "Nothing is different: the call goes the same way to its end."
    )
    assert ask(call, "press", "1")["told"].endswith("and afterwards the caller hears the same.")
    assert ask(later, "press", "3")["told"].endswith("nothing is different.")


@pytest.mark.parametrize(
    ("act", "text", "said"),
    [
        ("press", "", "There is no key to press. Keys are 0 to 9, * and #."),
        ("press", "1x", "&#39;x&#39; is no key of a phone."),
        ("say", " ", "There are no words to say."),
        ("jump", "", "Nobody can &#39;jump&#39; at a Gather."),
    ],
)
def test_what_cannot_be_done_is_said(
    simulator: tm.Simulator, ask: Ask, act: str, text: str, said: str
) -> None:
    assert said in ask(call_of(simulator), act, text)["failed"]


def test_a_past_that_differs_is_told_with_both_requests(simulator: tm.Simulator, ask: Ask) -> None:
    keys = iter("12")

    def caller() -> Iterator[str]:
        yield f"press {next(keys)}"

    @simulator.webhook("https://ivr.example.com/key")
    def key(request: dict[str, str]) -> str:
        return f"<Response><Gather><Say>You pressed {request['Digits']}.</Say></Gather></Response>"

    failed = ask(call_of(simulator, caller), "stay silent", gather=2)["failed"]

    assert "The past of this call is not the same: another request is made now than then." in failed
    assert "Digits=1" in failed
    assert "Digits=2" in failed


def test_a_world_that_was_reset_and_a_card_of_another_kernel_are_told(
    simulator: tm.Simulator, ask: Ask
) -> None:
    call = call_of(simulator)
    html = to_html(call)
    assert "html" in ask(call, "press", "2")
    assert (
        "The kernel does not know this call any more."
        in ask(call, "press", "2", html="<div>another</div>")["failed"]
    )
    simulator.reset()

    assert "the simulator was reset since" in ask(call, "press", "2", html=html)["failed"]


def test_an_exception_of_an_application_is_told(simulator: tm.Simulator, ask: Ask) -> None:
    call = call_of(simulator)

    @simulator.webhook("https://ivr.example.com/key")
    def key() -> str:
        raise SystemExit("stop")

    assert "SystemExit stop" in ask(call, "press", "2")["failed"]


def test_the_oldest_of_very_many_cards_are_let_go(simulator: tm.Simulator) -> None:
    buttons = BranchButtons()
    call = call_of(simulator)
    for place in range(205):
        buttons.offer(call, f"<div>{place}</div>")
    buttons.close()

    assert len(buttons.cards) == 200
    assert key_of(call.sid, "<div>4</div>") not in buttons.cards


def test_calls_without_a_gather_have_no_buttons(simulator: tm.Simulator) -> None:
    simulator.numbers[FROM].voice_url = simulator.host("<Response><Say>Hi.</Say></Response>")
    buttons = BranchButtons()
    call = call_of(simulator)
    buttons.offer(call, to_html(call))
    buttons.close()

    assert buttons.cards == {}
