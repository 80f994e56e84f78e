"""The button that places a live call. It is shown in live mode only, and asks what the guard asks."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from ...errors import LiveCallRefused, TwilioMagicError
from ...views import note
from .._session import session
from . import _controls as controls

if TYPE_CHECKING:
    from ...api import Call, Request


class LiveButton:
    """Places the request that *request* returns, and passes the call to *show*.

    A form cannot wait for an answer at the keyboard, so it shows the guard's questions, one after the other, with
    buttons to answer them. Any change of the form takes the question back.
    """

    def __init__(self, request: Callable[[], Request | None], show: Callable[[Call], None]) -> None:
        self._request, self._show = request, show
        self._pending: Request | None = None
        self._agreed: list[str] = []
        self._question = ""
        self.place = controls.button("Place a real call…", self._on_press, kind="danger")
        self.yes = controls.button("Yes, place it", self._agree, kind="danger")
        self.no = controls.button("No", self.take_back)
        self._answers = controls.row(self.yes, self.no)
        self._text = controls.html_box()
        self.widget = controls.stack(controls.row(self.place), self._text, self._answers, gap="6px")
        self.take_back()

    def refresh(self) -> None:
        """Show the button in live mode only."""
        is_live = session().client.is_live
        controls.set_visible(self.widget, is_live)
        if not is_live:
            self.take_back()

    def take_back(self) -> None:
        """Take the question back."""
        self._pending, self._question = None, ""
        self._agreed.clear()
        controls.set_visible(self._answers, False)
        controls.set_html(self._text, "")

    def _on_press(self) -> None:
        self.take_back()
        self._pending = self._request()
        self._try()

    def _agree(self) -> None:
        if self._question:
            self._agreed.append(self._question)
            self._try()

    def _try(self) -> None:
        """Place the call, or show the first question that the person has not answered yet."""
        now, request = session(), self._pending
        if request is None or now.guard is None or not now.client.is_live:
            return
        self._question = ""
        try:
            with now.guard.asking(self._answer):
                call = now.client.calls.place(request)
        except LiveCallRefused as refusal:
            self._ask(refusal)
        except TwilioMagicError as error:
            self.take_back()
            controls.set_html(self._text, note(str(error), level="error"))
        else:
            self.take_back()
            now.placed.append(call)
            self._show(call)

    def _answer(self, question: str) -> bool:
        if question in self._agreed:
            return True
        self._question = question
        return False

    def _ask(self, refusal: LiveCallRefused) -> None:
        """Show the guard's question, or why it refuses without one."""
        asked = bool(self._question)
        first, *rest = (self._question if asked else str(refusal)).splitlines()
        level = "warning" if asked else "error"
        controls.set_html(
            self._text, note(first, level=level, excerpt=[line.strip() for line in rest])
        )
        controls.set_visible(self._answers, asked)
        if asked:
            controls.focus(self.no)
