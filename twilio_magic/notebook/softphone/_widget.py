"""The softphone: a widget for a :class:`Person`, who is at a phone of the simulator."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, Any
from weakref import WeakSet

from anywidget import AnyWidget
from traitlets import Dict, List, Unicode

from ...display import html_block, visible_line
from ...endpoints import endpoint
from ...errors import SimulatorError, TwilioMagicError
from ...sessions import AGENT
from ...simulation import Person
from ...views.softphone_still import html
from .._next_cell import write_to_next_cell
from .._page_messages import PageMessages
from .._text_only import describe_widget
from ..branches import show_card
from ._screen import Screen, TranscriptRow
from ._sharing import shared_assets
from ._time import let_time_pass, let_time_stop

if TYPE_CHECKING:
    from markupsafe import Markup

    from ...api import Call
    from ...simulation import Notice, Simulator


_open: WeakSet[Softphone] = WeakSet()


def find_open(address: str, simulator: Simulator) -> Softphone | None:
    """The softphone whose person is at *address* of *simulator*, if there is one."""
    person = simulator.phones.get(address)
    return next((phone for phone in _open if phone.person is person), None)


class Softphone(AnyWidget):
    """A phone at *address* of the simulator. Every button of it is a method too.

    *transcript*, *screen* and *document* are what it shows; *person* takes part in the calls. See :func:`softphone`.
    """

    _esm = Path(__file__).parent / "shared.js"

    address = Unicode().tag(sync=True)
    screen = Dict().tag(sync=True)
    transcript: List[TranscriptRow] = List().tag(sync=True)
    document = Dict().tag(sync=True)
    _shared = Unicode().tag(sync=True)

    def __init__(self, address: str, simulator: Simulator, speed: float | None) -> None:
        self.person = Person(self._notice)
        self._simulator = simulator
        self._screen = Screen(
            self.person, endpoint(address).address, lambda: simulator.phones.names
        )
        self._drawing = RLock()
        self._kept: dict[str, str] = {}
        if speed is not None:
            let_time_pass(self, simulator, speed)
        super().__init__(address=self._screen.own, _shared=f"IPY_MODEL_{shared_assets().model_id}")
        simulator.phones[self.address] = self.person
        messages = PageMessages(self._receive)
        self.on_msg(lambda _, message, __: messages.take(message))
        _open.add(self)
        self._draw()

    @property
    def script(self) -> str:
        """The script of a phone that does what you did in this call, or in the last one."""
        return self.person.script

    @property
    def dialog(self) -> str:
        """The call as a dialog, a test that ``twilio-magic test`` and pytest run."""
        return self.person.dialog

    @property
    def test(self) -> str:
        """A test for pytest that repeats the call."""
        return self.person.test

    @property
    def status(self) -> str:
        """What the phone says of itself, such as ``Ready`` or ``In a call``."""
        return str(self.screen.get("status", "Ready"))

    @property
    def still(self) -> Markup:
        """The phone as it is now, as HTML for readers without a kernel."""
        return html(self.address, self._screen.status, self._screen.lines)

    @property
    def call(self) -> Call | None:
        """The call that the phone is in, or was in last: for a phone that was dialed, the call that dialed it."""
        sid = self.person.call_sid
        if sid is None:
            return None
        from ...api import Client

        calls = Client(simulator=self._simulator).calls
        own: Call = calls.get(sid).fetch()
        return calls.get(own.parent_call_sid).fetch() if own.parent_call_sid else own

    def answer(self) -> None:
        """Take the call that rings."""
        self.person.answer()

    def decline(self) -> None:
        """Refuse the call that rings."""
        self.person.decline()

    def press(self, keys: str) -> None:
        """Press *keys*."""
        self.person.press(keys)

    def say(self, text: str, *, confidence: float = 0.9) -> None:
        """Say *text*; *confidence* is how sure Twilio is to have understood it."""
        self.person.say(text, confidence=confidence)

    def mute(self, is_muted: bool = True) -> None:
        """Turn the microphone off, or on again."""
        self.person.mute(is_muted)
        self._draw()

    def hang_up(self) -> None:
        """End the call."""
        self.person.hang_up()

    def dial(self, number: str) -> None:
        """Call *number*, one of the simulated account's, as people write it."""
        if self.person.state != "free":
            raise SimulatorError(
                f"{self.address} is in a call already.", hint="Hang up before you call a number."
            )
        called = endpoint(number).address
        self._simulator.receive(self.address, called, phone=self.person)

    def close(self) -> None:
        """Close the phone: hang up, and free its address."""
        if self.person.state in ("calling", "talking"):
            with suppress(SimulatorError):
                self.hang_up()
        if self._simulator.phones.get(self.address) is self.person:
            del self._simulator.phones[self.address]
        let_time_stop(self, self._simulator)
        _open.discard(self)
        super().close()

    def _notice(self, notice: Notice) -> None:
        """Show an event, and play its sound. The person calls this while the world is locked."""
        with self._drawing:
            self._screen.notice(notice)
            self._draw()
        sound = _SOUNDS.get(notice.kind)
        if sound is not None:
            sound(self, notice)

    def _draw(self) -> None:
        """Send the screen to the browser."""
        person, screen, pace = self.person, self._screen, self._simulator.pace
        is_here = self._simulator.phones.get(self.address) is person
        with self._drawing, self.hold_sync():
            self.transcript = screen.lines
            self.document = screen.document
            self.screen = {
                "state": person.state if is_here or person.state != "free" else "gone",
                "status": screen.status,
                "party": person.other_party if person.state != "free" else "",
                "keys": screen.keys,
                "muted": person.is_muted,
                "seconds": person.seconds,
                "pace": pace if pace and person.state == "talking" else 0,
                "numbers": self._numbers(),
                "call": person.call_sid or "",
            }

    def _numbers(self) -> list[str]:
        """Return the numbers of the account that have a webhook or an application."""
        numbers = self._simulator.numbers
        return [
            number
            for number, each in list(numbers.items())
            if each.voice_url or each.voice_application_sid
        ]

    def _say(self, status: str) -> None:
        self._screen.say(status)
        self._draw()

    def _receive(self, message: Mapping[str, Any]) -> None:
        """Do what was clicked on; an error is shown as the status, for a click may come too late."""
        act = _ACTS.get(str(message.get("type")))
        if act is None:
            return
        try:
            act(self, message.get("value"))
        except (TwilioMagicError, ValueError, TypeError, KeyError) as error:
            self._say(str(error))

    def _look(self, _: Any) -> None:
        """Draw the phone for a new view; after a reset of the simulator it gets its address again."""
        if self.address not in self._simulator.phones:
            self._simulator.phones[self.address] = self.person
        self._draw()

    def _save(self, _: Any) -> None:
        self._kept = {"script": self.script, "dialog": self.dialog, "test": self.test}
        self.send({"type": "saved", "value": self._kept})

    def _insert(self, kept: Any) -> None:
        """Put the script, the dialog or the test that is shown into a new cell below the current one."""
        cells = {
            "script": f"%phone {self.address}: {'; '.join(self._kept['script'].splitlines())}",
            "dialog": f"%%dialog\n{self._kept['dialog']}",
            "test": self._kept["test"],
        }
        self.send({"type": "inserted", "value": write_to_next_cell(cells[kept]), "kept": kept})

    def _show_card(self, _: Any) -> None:
        """Send the card of the call, whose HTML the views have escaped."""
        call = self.call
        card = "" if call is None else show_card(call)["text/html"]
        self.send({"type": "card", "value": card, "call": call.sid if call else ""})

    def _speak(self, notice: Notice) -> None:
        speech = notice.speech if notice.speaker in ("Twilio", AGENT) else None
        language = speech.language if speech else ""
        self.send({"type": "say", "value": {"text": notice.text, "language": language}})

    def _play(self, notice: Notice) -> None:
        if notice.audio is not None and notice.audio.content:
            data = b64encode(notice.audio.content).decode()
            self.send({"type": "play", "value": f"data:{notice.audio.kind};base64,{data}"})

    def _beep(self, _: Notice) -> None:
        self.send({"type": "beep"})

    def _tones(self, notice: Notice) -> None:
        self.send({"type": "keys", "value": notice.text})

    def _cut(self, _: Notice) -> None:
        self.send({"type": "cut"})

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        """The widget, and a still of it for readers without a kernel."""
        bundle = super()._repr_mimebundle_(**kwargs)
        if bundle is None:
            return None
        data, metadata = bundle
        told = {"text/plain": describe_widget(self), "text/html": html_block(str(self.still))}
        return {**data, **told}, metadata

    def __repr__(self) -> str:
        return visible_line(f"<Softphone {self.address}: {self.status}>")


_SOUNDS: Mapping[str, Callable[[Softphone, Notice], None]] = {
    "heard": Softphone._speak,
    "noise": Softphone._play,
    "beep": Softphone._beep,
    "keys": Softphone._tones,
    "cut": Softphone._cut,
}

_ACTS: Mapping[str, Callable[[Softphone, Any], None]] = {
    "answer": lambda phone, _: phone.answer(),
    "decline": lambda phone, _: phone.decline(),
    "press": lambda phone, key: phone.press(str(key)),
    "say": lambda phone, said: phone.say(str(said["text"]), confidence=float(said["confidence"])),
    "mute": lambda phone, is_muted: phone.mute(bool(is_muted)),
    "hang up": lambda phone, _: phone.hang_up(),
    "dial": lambda phone, number: phone.dial(str(number)),
    "look": Softphone._look,
    "save": Softphone._save,
    "insert": Softphone._insert,
    "card": Softphone._show_card,
}
