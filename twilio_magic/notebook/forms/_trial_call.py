"""*Simulate* below a document: a simulated call that runs it. It never goes to a live account."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from ...errors import TwilioMagicError
from ...views import note
from .._call import simulate_call
from .._progress import follow_call
from .._session import session
from . import _controls as controls
from ._field import sentences
from ._script_field import ScriptField

if TYPE_CHECKING:
    from ...api import Call
    from ...twiml import Document


class TrialCall:
    """A button that runs what *document* gives, with a phone that plays a script; *show* gets the call, or None."""

    def __init__(
        self, document: Callable[[], Document], show: Callable[[Call | None], None]
    ) -> None:
        self._document, self._show = document, show
        self.phone = ScriptField(
            "Script of the called phone (optional)",
            hint="What the phone does in the simulated call. Without a script it answers and listens.",
        )
        self.simulate = controls.button("Simulate", self._simulate, kind="primary")
        self._status = controls.html_box()
        self.widget = controls.stack(self.phone.box, controls.row(self.simulate), self._status)

    def rows(self) -> Iterator[tuple[str, str]]:
        """The script as label and value, if there is one."""
        if self.phone.value:
            yield self.phone.label, self.phone.value

    def _simulate(self) -> None:
        controls.set_html(self._status, "")
        if not self.phone.check():
            return
        try:
            call = self._place()
        except TwilioMagicError as error:
            said = sentences(str(error), error.hint)
            controls.set_html(self._status, note(said, level="error"))
            self._show(None)
            return
        self._show(call)
        follow_call(call, lambda: self._show(call))

    def _place(self) -> Call:
        """Place the call in the simulator, between numbers of the account."""
        now = session()
        account = now.simulator
        request = now.simulated_client.calls.prepare(
            to=next(iter(account.caller_ids), "+13105555555"),
            from_=next(iter(account.numbers), "+12125551234"),
            twiml=self._document(),
        )
        return simulate_call(request, self.phone.value.strip() or None)
