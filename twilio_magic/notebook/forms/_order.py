"""The order of what a person does in a page: what is typed counts before the button that is pressed after it.

A page holds back what is typed into a control until the kernel has taken what was typed before, but tells at once that
a button was pressed. So whoever types and presses fast, or has a busy kernel, would press a button of half a text. Here
a press waits until the page has answered a question, after all that it held back was taken. It does not wait for ever:
an editor whose window was loaded anew may show a form, and have forgotten the question.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

import ipywidgets

from .._page_buttons import PageButtons
from .._session import session
from ._layout import Widget, shape, style

_PATIENCE = 10.0  # seconds for the answer of a page: some hundredths, but a page that has just been loaded is slow
_LATE = 0.5  # seconds after its time: then the kernel was busy, and the answer may stand behind


class _Question:
    """Two numbers that nobody sees: the page makes the second equal to the first once the kernel has what was typed.

    Without the extra ``phone`` it is a link of ipywidgets, which every page that shows forms has: the answer is then
    sent behind what was typed, and a kernel that takes messages in more than one thread may take it first. Where no
    page has answered, as in a kernel without one, nothing is waited for.
    """

    def __init__(self) -> None:
        settings = {"layout": shape(), "style": style(ipywidgets.IntText)}
        self._waiting: deque[tuple[int, Callable[[], None]]] = deque()
        self._asked = ipywidgets.IntText(1, **settings)
        self._answered = ipywidgets.IntText(0, **settings)
        self._link = self._make_link()
        self._answered.observe(self._on_answer, "value")

    def _make_link(self) -> Widget:
        page = PageButtons(("", ""), self._make_page_answers).find()
        if page is not None:
            return page
        return ipywidgets.jsdlink((self._asked, "value"), (self._answered, "value"))

    def _make_page_answers(self) -> Widget:
        from ._page_widget import PageAnswers

        return PageAnswers(asked=self._asked.model_id, answered=self._answered.model_id)

    @property
    def is_open(self) -> bool:
        """Whether the page can be asked: somebody may have closed all widgets."""
        return all(each.comm is not None for each in (self._asked, self._answered, self._link))

    def ask(self, then: Callable[[], None]) -> None:
        """Call *then* when the page has answered; at once if it has never answered."""
        if not self._answered.value:
            then()
            return
        number = self._asked.value + 1
        self._waiting.append((number, then))
        self._asked.value = number
        self._limit_wait(number)

    def _limit_wait(self, number: int) -> None:
        """Do without the answer *number* if it does not come in time, and without any until a page answers again."""
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:  # a program without pages
            return
        due = loop.time() + _PATIENCE

        def decide() -> None:
            if not any(number == each for each, _ in self._waiting):
                return
            if loop.time() > due + _LATE:
                self._limit_wait(number)
                return
            self._answered.value = 0
            self._act(self._asked.value)

        loop.call_at(due, decide)

    def _on_answer(self, change: Any) -> None:
        self._act(change["new"])

    def _act(self, number: int) -> None:
        """Do what waited for the answers up to *number*, in order, also if one fails."""
        with session().lock, ExitStack() as acts:
            ready = [each for each in self._waiting if each[0] <= number]
            for each in reversed(ready):
                self._waiting.remove(each)
                acts.callback(each[1])


_made: list[_Question] = []


def follow_typing(then: Callable[[], None]) -> None:
    """Call *then* when all has arrived that was typed before now, on any thread, one at a time."""
    with session().lock:
        _question().ask(then)


def expect_presses() -> None:
    """Find out whether the page answers, which takes a moment: to be called before anything can be pressed."""
    with session().lock:
        _question()


def _question() -> _Question:
    """The question of this kernel, which all forms share."""
    if not _made or not _made[0].is_open:
        _made[:] = [_Question()]
    return _made[0]
