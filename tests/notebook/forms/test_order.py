"""A press waits for what was typed before it, where a page answers; the page is played by messages."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import ipywidgets
import pytest

from twilio_magic.notebook.forms import _order
from twilio_magic.notebook.forms._order import follow_typing
from twilio_magic.notebook.forms._twiml_form import TwimlForm

from .front import fill, press

MENU = '<Response><Gather numDigits="1"><Say>Press 1 for bread.</Say></Gather></Response>'


class Page:
    """The page's side of the question that forms ask it."""

    def __init__(self) -> None:
        self._link = next(each for each in _widgets() if type(each).__name__ == "DirectionalLink")

    def answer(self) -> None:
        """Do what the link of two numbers does in a page."""
        (asked, name), (answered, _) = self._link.source, self._link.target
        fill(answered, getattr(asked, name))

    def close(self) -> None:
        for each in (self._link, self._link.source[0], self._link.target[0]):
            each.close()


def _widgets() -> list[Any]:
    return list(ipywidgets.widgets.widget._instances.values())


@pytest.fixture
def form() -> TwimlForm:
    return TwimlForm(MENU)


@pytest.fixture
def page(form: TwimlForm) -> Iterator[Page]:
    """A page that shows *form*."""
    opened = Page()
    opened.answer()
    yield opened
    opened.close()  # or every later press in this process would wait for it


def test_a_press_counts_when_the_page_has_sent_what_was_typed_before(
    form: TwimlForm, page: Page
) -> None:
    fill(form.trial.phone.control, "answ")
    press(form.trial.simulate)
    fill(form.trial.phone.control, "answer; press 1")
    before = form.call
    page.answer()

    assert before is None
    assert form.call is not None
    assert "pressed" in [event.kind for event in form.call.timeline]


def test_presses_count_in_order_each_once(form: TwimlForm, page: Page) -> None:
    press(form.inside.buttons["Response", "Pause"])
    press(form.outline.widget.children[0])
    press(form.inside.buttons["Response", "Hangup"])
    page.answer()
    page.answer()

    assert form.draft.text.count("<Pause") == 1
    assert form.draft.text.index("<Pause") < form.draft.text.index("<Hangup")


def test_an_act_that_fails_does_not_keep_the_next_from_being_done(
    page: Page, caplog: pytest.LogCaptureFixture
) -> None:
    done: list[str] = []
    follow_typing(lambda: done.append("one"))
    follow_typing(lambda: done.append(str(1 / 0)))
    follow_typing(lambda: done.append("three"))
    page.answer()

    assert done == ["one", "three"]
    assert "division by zero" in caplog.text


def test_a_page_that_has_forgotten_the_question_is_waited_for_once(
    form: TwimlForm, page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As an editor does whose window was loaded anew."""
    monkeypatch.setattr(_order, "_PATIENCE", 0)
    done: list[str] = []

    async def press_twice() -> None:
        follow_typing(lambda: done.append("first"))
        assert not done
        while not done:
            await asyncio.sleep(0)
        follow_typing(lambda: done.append("second"))
        assert done == ["first", "second"]

    asyncio.run(press_twice())


def test_an_answer_that_stands_behind_a_long_cell_is_waited_for(
    page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_order, "_PATIENCE", 0)
    monkeypatch.setattr(_order, "_LATE", -1)  # every time is late
    done: list[str] = []

    async def press_and_look() -> None:
        follow_typing(lambda: done.append("pressed"))
        for _ in range(100):
            await asyncio.sleep(0)
        assert not done
        page.answer()
        assert done == ["pressed"]

    asyncio.run(press_and_look())


def test_where_no_page_has_answered_a_press_counts_at_once(form: TwimlForm) -> None:
    press(form.trial.simulate)

    assert form.call is not None


def test_after_all_widgets_were_closed_a_new_form_can_be_pressed(page: Page) -> None:
    page.close()
    form = TwimlForm(MENU)
    press(form.trial.simulate)

    assert form.call is not None
