"""``call_form()``: place a call by filling in a form."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, ClassVar

from ...api import find_ignored, find_invalid, operation
from ...display import to_html, visible_line
from ...errors import TwilioMagicError
from ...views import note, title
from .._call import simulate_call
from .._next_cell import write_to_next_cell
from .._progress import follow_call
from .._session import session
from . import _controls as controls
from ._call_line import call_cell
from ._code_preview import CodePreview
from ._field import Field, find_meant, sentences
from ._form import Form
from ._live_button import LiveButton
from ._notebook import documents
from ._own_phone import OwnPhone
from ._parameter_field import parameter_field
from ._parameter_fields import ParameterFields
from ._script_field import ScriptField
from ._twiml_source import ChosenTwiml, TwimlSource

if TYPE_CHECKING:
    from ...api import Call, Client, InvalidParameter, Request

#: What to do about a field that is empty; the options of a command line do not help in a form.
_TYPED = {
    "To": "Type a number, such as +13105555555.",
    "From": "Type a number of the account, such as +12125551234.",
}
_WHERE = {
    False: "goes to the simulator: nobody is called, nothing is charged",
    True: "calls are live: a real call costs money",
}


class CallForm(Form):
    """A form for a call: who is called, what they hear, and the other parameters of the API.

    *call* is the call that was placed last, *request* what would be sent now, if Twilio would take it, and *text* the
    ``%call`` line or cell that says the same.
    """

    name: ClassVar[str] = "Place a call"

    def __init__(self) -> None:
        self._create = operation("calls.create")
        self.call: Call | None = None
        self.text = ""
        self._given: dict[str, Any] = {}
        self.request: Request | None = None
        self._seen: object = None
        self._is_pressed = False
        self.to, self.from_ = self._parties()
        self.instructions = TwimlSource(self._create)
        self.options = ParameterFields(self._create)
        self.phone = ScriptField(
            "Script of the called phone (optional)",
            hint="What the phone does in this call, if it is simulated. Without one it answers and listens.",
        )
        self.code_preview = CodePreview()
        self.own_phone = OwnPhone()
        self.live = LiveButton(self._ready_live, self._show)
        self._where = controls.html_box()
        self._ignored = controls.html_box()
        self._status = controls.html_box()
        self._copied = controls.html_box()
        self._result = controls.html_box()
        self.simulate = controls.button("Simulate", self._simulate, kind="primary")
        self.answer = controls.button("Simulate, and answer it yourself", self._answer_yourself)
        self.copy = controls.button("Copy to a cell", self._copy)
        self.again = controls.button("Look again", self._look_again)
        super().__init__(*self._layout())
        self._connect()
        self.refresh()
        self._update()

    def refresh(self) -> None:
        """Offer the documents that the notebook has now, and show where calls go."""
        seen = (tuple(documents().items()), session().client.is_live, *session().defaults.items())
        if seen == self._seen:
            return
        self._seen = seen
        controls.set_html(self._where, title(self.name, _WHERE[session().client.is_live]))
        self.instructions.refresh()
        self.live.refresh()
        self._update()

    def _parties(self) -> tuple[Field, Field]:
        """Make the fields To and From; in the simulator they begin with numbers of the account."""
        now = session()
        account = now.simulator
        to = parameter_field(
            self._create.parameter("To"), suggestions=[*account.caller_ids, *account.phones]
        )
        from_ = parameter_field(self._create.parameter("From"), suggestions=account.numbers)
        if not now.client.is_live:
            to.value = next(iter(account.caller_ids), "")
            from_.value = next(iter(account.numbers), "")
        for field in (to, from_):
            field.value = str(now.defaults.get(field.label, field.value))
        return to, from_

    def _layout(self) -> Iterable[controls.Widget]:
        phone = controls.Fold("Ready-made behaviors", lambda: [self.phone.picker])
        return (
            self._where,
            controls.columns(self.to.box, self.from_.box),
            self.instructions.widget,
            controls.stack(self.phone.box, phone.widget, gap="4px"),
            self.options.widget,
            self._ignored,
            controls.row(self.simulate, self.answer, self.again),
            self._status,
            self.live.widget,
            self.own_phone.widget,
            self._result,
            controls.stack(
                self.code_preview.widget, controls.row(self.copy), self._copied, gap="4px"
            ),
        )

    def _connect(self) -> None:
        controls.set_visible(self.again, False)
        for part in (self.to, self.from_, self.instructions, self.options, self.phone):
            part.on_change(self._on_change)

    def _on_change(self) -> None:
        self.live.take_back()
        controls.set_html(self._status, "")
        controls.set_html(self._copied, "")
        self._update()

    def _fields(self) -> dict[str, Field]:
        return {"To": self.to, "From": self.from_, **self.options.fields}

    def _update(self) -> None:
        """Check the values, and show the same call as code."""
        instructions = self._twiml_source()
        self._given = self._collect(instructions or ChosenTwiml())
        form = {
            name: self._create.parameter(name).to_form(value) for name, value in self._given.items()
        }
        found = list(find_invalid(self._create, form))
        self._show_faults(found)
        is_sound = instructions is not None and not found
        self.request = self._prepare(session().simulated_client) if is_sound else None
        self.text = call_cell(
            self._given,
            document=instructions.document if instructions else "",
            markup=instructions.markup if instructions else "",
            phone=self.phone.value.strip() if self.phone.check() else "",
        )
        self.code_preview.show(self.text, self.request)
        controls.set_html(
            self._ignored, note(sentences(*find_ignored(self._create, form)), level="warning")
        )

    def _twiml_source(self) -> ChosenTwiml | None:
        """Return the TwiML that is chosen; ``None`` if it cannot be used, which its field says."""
        try:
            given = self.instructions.read()
        except TwilioMagicError as error:
            self.instructions.refuse(error)
            return None
        self.instructions.show_problems(given)
        return given

    def _collect(self, instructions: ChosenTwiml) -> dict[str, Any]:
        """Return the values by Twilio's names, in the order of the table; the session's defaults fill the gaps."""
        values = {name: field.value for name, field in self._fields().items() if field.value}
        given = {**session().defaults, **values, **instructions.parameters}
        return {row.name: given[row.name] for row in self._create.parameters if row.name in given}

    def _prepare(self, client: Client) -> Request | None:
        """Prepare the request with *client*; ``None`` if its TwiML is not XML, or not fit for a live call."""
        try:
            return client.calls.prepare(**self._given)
        except TwilioMagicError as error:
            self.instructions.chosen_field.refuse(error)
            return None

    def _show_faults(self, found: list[InvalidParameter]) -> None:
        """Show below each field what is wrong; what is missing is shown only after a button was pressed."""
        for field in self._fields().values():
            field.clear()
        for fault in found:
            if fault.reason == "missing" and not self._is_pressed:
                continue
            field = self._fields().get(fault.parameter, self.instructions.chosen_field)
            if not field.said:
                hint = _TYPED.get(fault.parameter) if fault.reason == "missing" else None
                field.complain(
                    fault.message, hint=hint or fault.hint, mended=find_meant(fault.hint)
                )
            if self._is_pressed and fault.parameter in self.options.fields:
                self.options.unfold(fault.parameter)

    def _ready(self) -> Request | None:
        """Return the request for the simulator; ``None`` if it is not complete, which the status says."""
        self._is_pressed = True
        self._update()
        is_ready = self.request is not None and self.phone.check()
        self._tell("" if is_ready else "Not yet: see what is said beside the fields.", "error")
        return self.request if is_ready else None

    def _ready_live(self) -> Request | None:
        """Return the request for Twilio; ``None`` if it is not complete."""
        return self._prepare(session().client) if self._ready() else None

    def _simulate(self) -> None:
        request = self._ready()
        if request is not None:
            self._place(request, script=self.phone.value.strip() or None)

    def _answer_yourself(self) -> None:
        request = self._ready()
        if request is None:
            return
        try:
            is_here = self.own_phone.put_at(request.first("To"))
        except TwilioMagicError as error:
            self._tell(sentences(str(error), error.hint), "error")
            return
        if self._place(request, wait=False):
            where = "below" if is_here else "that is in this notebook already"
            self._tell(f"You answer on the phone {where}.", "advice")

    def _place(self, request: Request, *, script: str | None = None, wait: bool = True) -> bool:
        """Place the call in the simulator and show it; returns whether it was placed."""
        try:
            call = simulate_call(request, script, wait=wait)
        except TwilioMagicError as error:
            self._tell(sentences(str(error), error.hint), "error")
            return False
        self._show(call)
        follow_call(call, self._draw)
        return True

    def _show(self, call: Call) -> None:
        self.call = call
        self._draw()

    def _draw(self) -> None:
        if self.call is not None:
            controls.set_visible(self.again, not self.call.is_over)
            controls.set_card(self._result, to_html(self.call))

    def _look_again(self) -> None:
        if self.call is None:
            return
        try:
            self.call.fetch()
        except TwilioMagicError as error:
            self._tell(sentences(str(error), error.hint), "error")
        self._draw()

    def _copy(self) -> None:
        controls.set_html(self._copied, note(write_to_next_cell(self.text), level="advice"))

    def _tell(self, text: str, level: str) -> None:
        controls.set_html(self._status, note(text, level=level))

    def _rows(self) -> list[tuple[str, str]]:
        phone = [(self.phone.label, self.phone.value)] if self.phone.value else []
        parties = [(field.label, field.value) for field in (self.to, self.from_)]
        return [*parties, *self.instructions.rows(), *phone, *self.options.rows()]

    def _parts(self) -> list[str]:
        return [self.code_preview.still, *([self._result.value] if self.call else [])]

    def __repr__(self) -> str:
        return visible_line(f"<CallForm: {self.text.splitlines()[0]}>")
