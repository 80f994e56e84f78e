"""``twilio-magic simulate -i``: a person at the terminal is at the phone.

Time stands still while they read and type. It passes when a line is done, until something was heard and half a second
of silence has followed; so they answer what they have heard whole, or with ``wait 2`` in the middle of it.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from ..display import visible_line
from ..errors import SimulatorError
from ..timeline import clock
from ._simulated_call import failures
from ._terminal import print_text

if TYPE_CHECKING:
    from ..api import Call
    from ..simulation import Notice, Person, Simulator

_HELP = """\
  1 or 12#        press keys (press A for the letters)
  Good morning    say it (or say 3, for what looks like keys)
  Enter           wait until something is heard
  wait 2          wait so many seconds, also in the middle of what is said
  hang up         end the call; so do Ctrl-D and Ctrl-C
  1; wait 2; 5    several things, one after the other
  ?               this help"""
_KEYS = re.compile(r"[0-9*#]+")
_WAIT = re.compile(r"wait\s+(?P<seconds>\d+(?:\.\d+)?)(?:\s*s)?", re.IGNORECASE)
_HANG_UP = re.compile(r"hang ?up|bye", re.IGNORECASE)
#: Seconds: how finely time passes, how much silence follows what is heard, and how long is waited for it and for all.
_STEP, _SILENCE, _PATIENCE, _LONGEST = 0.1, 0.5, 10.0, 60.0


class TerminalPhone:
    """The phone of the person at the terminal: it answers, tells what is heard, and does what is typed."""

    def __init__(self, simulator: Simulator) -> None:
        from ..simulation import Person

        self.person: Person = Person(self._tell)
        self._simulator = simulator
        self._silent_from = 0.0
        self._is_anything_heard = False

    def take_part(self, begin: Callable[[Person], Call]) -> Call:
        """Answer the call that *begin* makes, and read lines until it is over or the person ends it."""
        print_text("You are at the phone. Type what you do; ? lists what that can be.")
        call = begin(self.person)
        try:
            self._answer(call)
            for line in self._lines():
                self._obey(line)
        except KeyboardInterrupt:
            print_text("")
        self._hang_up()
        call.wait()
        for text in failures(call):
            print_text(visible_line(f"! {text}"))
        return call

    def _answer(self, call: Call) -> None:
        while self.person.state == "free" and not call.is_over:
            self._simulator.advance(_STEP)
        if self.person.state == "ringing":
            self.person.answer()
        self._listen()

    def _lines(self) -> Iterator[str]:
        """What is typed, a line at a time, until the call is over or the input is."""
        prompt = "> " if sys.stdin.isatty() else ""
        while self.person.state != "free":
            try:
                yield input(prompt)
            except EOFError:
                print_text("")
                return

    def _obey(self, line: str) -> None:
        """Do what *line* says, one thing after the other, and let time pass."""
        parts = [part.strip() for part in line.split(";")]
        for part in parts:
            try:
                self._do(part)
            except SimulatorError as error:
                print_text(visible_line(f"  {error}"))
                return
        if not (parts[-1] == "?" or _WAIT.fullmatch(parts[-1])):
            self._listen()

    def _do(self, act: str) -> None:
        self._is_anything_heard = False
        waiting = _WAIT.fullmatch(act)
        verb, _, rest = act.partition(" ")
        if act == "?":
            print_text(_HELP)
        elif waiting:
            self._simulator.advance(float(waiting["seconds"]))
        elif _HANG_UP.fullmatch(act):
            self._hang_up()
        elif _KEYS.fullmatch(act):
            self.person.press(act)
        elif verb.lower() == "press" and rest:
            self.person.press("".join(rest.split()))
        elif verb.lower() == "say" and rest:
            self.person.say(rest.strip("'\""))
        elif act:
            self.person.say(act)

    def _listen(self) -> None:
        """Let time pass until something was heard and silence follows, or nothing is heard for a while."""
        began = self._simulator.now
        while self.person.state != "free":
            self._simulator.advance(_STEP)
            now = self._simulator.now
            most = _LONGEST if self._is_anything_heard else _PATIENCE
            is_silent = self._is_anything_heard and now >= self._silent_from + _SILENCE
            if is_silent or now >= began + most:
                return

    def _hang_up(self) -> None:
        if self.person.state == "ringing":
            self.person.decline()
        elif self.person.state != "free":
            self.person.hang_up()

    def _tell(self, notice: Notice) -> None:
        """Print *notice* with its moment, and remember until when it sounds."""
        if notice.kind in _HEARD:
            self._is_anything_heard = True
        if notice.kind in (*_HEARD, "spoke"):
            self._silent_from = self._simulator.now + notice.seconds
        if notice.kind == "cut":
            self._silent_from = self._simulator.now
        words = _WORDS.get(notice.kind)
        if words is not None:
            print_text(visible_line(f"{clock(notice.at):>8}  {words(notice)}"))


_HEARD = ("heard", "noise", "beep", "keys")
_WORDS: dict[str, Callable[[Notice], str]] = {
    "ringing": lambda notice: f"{notice.text} calls.",
    "calling": lambda notice: f"You call {notice.text}.",
    "answered": lambda _: "The call is answered.",
    "heard": lambda notice: f"{notice.speaker or 'Twilio'}: “{notice.text}”",
    "noise": lambda notice: f"Sound: {notice.text}",
    "beep": lambda _: "A beep",
    "keys": lambda notice: f"The tones of {notice.text}",
    "cut": lambda notice: f"… cut off after “{notice.text}”" if notice.text else "… cut off",
    "spoke": lambda notice: f"You: “{notice.text}”",
    "pressed": lambda notice: f"You press {notice.text}",
    "declined": lambda _: "You decline.",
    "hung up": lambda _: "You hang up.",
    "over": lambda notice: f"The call is over: {notice.text}.",
}
