"""The line of a phone: the part of a call leg, and of its world, that a phone knows."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    import simpy

    from ...scripts import Action
    from ...timeline import Kind, Timeline
    from ..audio._ear import Ear, PhoneSound
    from ..clock._attendance import Attendance
    from ..clock._clock import Clock, Process
    from ..clock._journal import Journal
    from ..webhooks._audio_file import AudioFile
    from ._phones import Phones


class PhoneWorld(Protocol):
    """The world of a phone: what all phones in it have in common."""

    @property
    def phones(self) -> Phones:
        """All phones, and what went wrong with their scripts."""

    @property
    def journal(self) -> Journal:
        """What comes from outside."""

    @property
    def attendance(self) -> Attendance:
        """Whether people take part in calls now."""

    def visiting(self, grain: float = 1.0) -> AbstractContextManager[None]:
        """Hold the world still while the block runs; its clock is set to a multiple of *grain* seconds before."""


class PhoneLine(Protocol):
    """The call leg that a phone is the far end of."""

    sid: str
    created: float
    clock: Clock
    timeline: Timeline

    @property
    def world(self) -> PhoneWorld:
        """The world that the leg is in."""

    @property
    def far_end(self) -> str:
        """The address of this phone."""

    @property
    def near_end(self) -> str:
        """The address of the account's own end, which this phone shows."""

    @property
    def is_inbound(self) -> bool:
        """Whether this phone calls, and is not called."""

    @property
    def status(self) -> str:
        """Twilio's word for how far the call is."""

    @property
    def is_over(self) -> bool:
        """Whether the call is over."""

    @property
    def in_progress(self) -> simpy.Event:
        """Happens when the call is answered."""

    @property
    def over(self) -> simpy.Event:
        """Happens when the call is over."""

    @property
    def seconds(self) -> float | None:
        """How long the call has lasted since its answer; ``None`` for one that was never answered."""

    @property
    def duration(self) -> int | None:
        """The same in whole seconds, as Twilio counts them; ``None`` for one that is not over."""

    @property
    def ear(self) -> Ear:
        """The input that Twilio takes on this leg: keys and sounds."""

    @property
    def asking(self) -> Ear:
        """Where this phone's keys are asked for: on this leg, or on that of an application."""

    @property
    def talks(self) -> bool:
        """Whether another party, or a voice agent, hears what is said at this phone."""

    @property
    def files(self) -> Mapping[str, AudioFile]:
        """The audio files that the call has requested, by their URLs."""

    def record_event(self, kind: Kind, text: str = "", **data: Any) -> int:
        """Add an event that happens now; returns its place in the timeline."""

    def start(self, process: Process[object]) -> simpy.Process:
        """Let *process* run beside the process of the call."""

    def decide(self, action: Action) -> None:
        """Answer the call, or end its ringing in another way."""

    def hang_up(self, *, by: str) -> None:
        """End the call."""

    def press(self, key: str) -> None:
        """Send the tone of *key*."""

    def make_sound(self, sound: PhoneSound) -> None:
        """Let *sound* be heard on the line, from now on."""

    def finish_speaking(self, words: str, confidence: float) -> None:
        """Have said *words*."""

    def send_text(self, words: str, to: str) -> None:
        """Send a text message with these *words* from this phone, to the near end unless *to* says whom."""

    def send_message(self, content: str) -> None:
        """Send a user-defined message from the application of the client at this phone."""

    def to_dialog(self) -> str:
        """The call as a dialog, with what everybody heard and did."""

    def to_pytest(self) -> str:
        """The call as a test for pytest, with scripts in place of its people."""
