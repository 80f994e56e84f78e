"""A participant of a conference, and its options.

Source: Twilio's pages "TwiML Voice: Conference" and "Participant resource".
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ...records import dataclass
from ..clock._waiting import Signal

if TYPE_CHECKING:
    from ..legs._leg import Leg
    from ..recordings._settings import Settings
    from ..webhooks._target import WebhookTarget
    from ._conference import Conference


@dataclass(frozen=True, slots=True)
class ParticipantOptions:
    """How a call enters a conference, from attributes of TwiML or from parameters of the API alike.

    *coached* is the sid of the call that alone hears this one. *wait* is what is heard before the start, where nothing
    is Twilio's music and *is_silent* silence. What follows *most* counts for the call that opens the conference only.
    """

    label: str = ""
    muted: bool = False
    beep: str = "true"
    starts_on_enter: bool = True
    ends_on_exit: bool = False
    coached_call_sid: str = ""
    wait: WebhookTarget | None = None
    is_silent: bool = False
    max_participants: int = 250
    region: str = ""
    recording: Settings | None = None
    callback: WebhookTarget | None = None
    events: tuple[str, ...] = ()


#: What the API calls the state of a participant, by the state of its call; any other has failed.
_STATUS: Mapping[str, str] = {
    "queued": "queued",
    "ringing": "ringing",
    "in-progress": "connected",
    "completed": "complete",
}


class Participant:
    """One call in *conference*, or on its way there. *news* happens when what it hears changes, *gone* when it left."""

    def __init__(self, leg: Leg, conference: Conference, options: ParticipantOptions) -> None:
        self.leg = leg
        self.conference = conference
        self.label = options.label
        self.muted = options.muted
        self.hold = False
        self.starts_on_enter, self.ends_on_exit = options.starts_on_enter, options.ends_on_exit
        self.coached_call_sid = options.coached_call_sid
        self.beeps_on_enter = options.beep in ("true", "onEnter")
        self.beeps_on_exit = options.beep in ("true", "onExit")
        self.wait_source, self.waits_in_silence = options.wait, options.is_silent
        #: What it hears on hold; without one, music.
        self.hold_source: WebhookTarget | None = None
        self.created = self.updated = leg.clock.now
        self.is_in = False
        self.since = self.created  # ... when it came in
        self.news = Signal(leg.clock)
        self.gone = leg.clock.event()
        self._known: tuple[object, ...] = ()

    @property
    def status(self) -> str:
        """Twilio's word for how far the call is."""
        if self.leg.status == "queued" and self.leg.progress.dialed is not None:
            return "connecting"
        return _STATUS.get(self.leg.status, "failed")

    @property
    def is_heard(self) -> bool:
        """Whether others hear what it says."""
        return self.is_in and self.conference.is_running and not self.muted and not self.hold

    @property
    def listens(self) -> bool:
        """Whether it hears what others say."""
        return self.is_in and self.conference.is_running and not self.hold

    def change(self) -> None:
        """Something about it has changed."""
        self.updated = self.leg.clock.now
        before, self._known = self._known, self._situation
        if before != self._known:
            self.news.happen()

    @property
    def _situation(self) -> tuple[object, ...]:
        """What decides the music or announcement that it hears."""
        if self.hold:
            return self.is_in, self.hold_source
        is_running = self.conference.is_running
        return self.is_in, is_running, self.wait_source, self.waits_in_silence

    @property
    def sid(self) -> str:
        """The sid of its call."""
        return self.leg.sid

    @property
    def parameters(self) -> dict[str, str]:
        """Its parameters in conference events."""
        flags = {
            "Muted": self.muted,
            "Hold": self.hold,
            "Coaching": bool(self.coached_call_sid),
            "EndConferenceOnExit": self.ends_on_exit,
            "StartConferenceOnEnter": self.starts_on_enter,
        }
        parameters = {name: str(value).lower() for name, value in flags.items()}
        label = {"ParticipantLabel": self.label} if self.label else {}
        return {"CallSid": self.leg.sid, **parameters, **label}

    @property
    def ending(self) -> dict[str, str]:
        """Its parameters in conference events when it has ended the conference."""
        label = {"ParticipantLabelEndingConference": self.label} if self.label else {}
        return {"CallSidEndingConference": self.leg.sid, **label}
