"""A conference: any number of legs whose parties hear each other.

Source: Twilio's pages "TwiML Voice: Conference" and "Conference resource".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, ClassVar, Literal

from ..legs._overhearing import stop_all_hearing, stop_hearing
from ..legs._retention import Retention
from ..legs._speaking import start_beep
from ._events import ConferenceEvents
from ._participant import Participant, ParticipantOptions
from ._recording import ConferenceRecording

if TYPE_CHECKING:
    from ..audio._ear import PhoneSound
    from ..clock._clock import Process
    from ..legs._leg import Leg
    from ..legs._party import Party

Status = Literal["init", "in-progress", "completed"]
#: How many calls have to be there until a conference begins, besides one that may start it.
_FEWEST = 2
_REGION = "us1"  # where a conference is mixed that does not say where
#: Twilio's words for why a participant left.
HUNG_UP, KICKED = "participant_hung_up", "participant_updated_via_api"
NOT_ADDED = "participant_add_failed"
MODERATED, ENDED = "moderator_ended_conference", "conference_ended_via_api"


class Conference:
    """One conference called *name*. The call on *opener* opens it, in a *manner* that holds for the conference, too."""

    sid_prefix: ClassVar[str] = "CF"

    def __init__(self, name: str, opener: Leg, options: ParticipantOptions) -> None:
        self.world = opener.world
        self.sid = opener.world.identities.next(self.sid_prefix)
        self.opened_by = opener.sid
        self.name = name
        self.region = options.region or _REGION
        self.max_participants = options.max_participants
        self.status: Status = "init"
        self.created = self.updated = opener.clock.now
        self.why_ended: str | None = None
        self.ended_by: Participant | None = None
        self.participants: dict[str, Participant] = {}
        self.recording_control = ConferenceRecording(self, opener, options.recording)
        self.events = ConferenceEvents(self, options.callback, options.events)

    @property
    def is_running(self) -> bool:
        """Whether it has begun, and is not over: those in it hear each other."""
        return self.status == "in-progress"

    @property
    def is_over(self) -> bool:
        """Whether it is over."""
        return self.status == "completed"

    @property
    def present(self) -> list[Participant]:
        """Those who are in it now; others are on their way."""
        return [each for each in self.participants.values() if each.is_in]

    @property
    def is_full(self) -> bool:
        """Whether no other call is let in."""
        return len(self.present) >= self.max_participants

    def find(self, sid_or_label: str) -> Participant | None:
        """The participant with this call sid, or this label."""
        found = self.participants.get(sid_or_label)
        if found is None and sid_or_label:
            found = next((p for p in self.participants.values() if p.label == sid_or_label), None)
        return found

    def expect(self, leg: Leg, options: ParticipantOptions) -> Participant:
        """Let the call on *leg* be a participant that is on its way."""
        participant = self.participants[leg.sid] = Participant(leg, self, options)
        return participant

    def enter(self, participant: Participant) -> None:
        """Let *participant* in; that may start the conference."""
        participant.is_in, participant.since = True, self.world.clock.now
        participant.leg.audio_path = self
        data = {"conference": self.sid, "name": self.name}
        participant.leg.record_event("joined", f"conference {self.name}", **data)
        participant.leg.phone.handset.connect(f"conference {self.name}")
        self.tell("join", "participant-join", participant)
        if not self.is_running and self._may_start():
            self._start(participant)
        if participant.beeps_on_enter:
            self._beep()
        participant.change()

    def leave(self, participant: Participant, reason: str) -> None:
        """Let *participant* go, for Twilio's *reason*; the last to go, and a moderator, end the conference."""
        if self.participants.pop(participant.leg.sid, None) is None:
            return
        was_in, participant.is_in = participant.is_in, False
        participant.gone.succeed()
        participant.change()
        if was_in:
            self._left(participant, reason)
        elif reason == NOT_ADDED:
            self.tell("leave", "participant-leave", participant, ReasonParticipantLeft=reason)
        if self.is_over:
            return
        kicked = "kicked" if reason == KICKED else "left"
        if was_in and participant.ends_on_exit:
            self.end(f"participant-with-end-conference-on-exit-{kicked}", participant)
        elif not self.participants:
            self.end(f"last-participant-{kicked}", participant)

    def end(self, why: str, by: Participant | None = None) -> None:
        """End it for everybody."""
        self.status, self.why_ended, self.ended_by = "completed", why, by
        self.updated = self.world.clock.now
        reason = MODERATED if by is not None else ENDED
        teller = by or next(iter(self.participants.values()), None)
        for participant in list(self.participants.values()):
            self.leave(participant, reason)
        self.recording_control.stop(teller.leg if teller is not None else None)
        if teller is not None:
            parameters = {"ReasonConferenceEnded": why, **(by.ending if by else {})}
            self.events.tell("end", "conference-end", teller.leg, parameters)
        self.world.part(Retention).note_conference(self)

    def tell(self, word: str, event: str, participant: Participant, **added: str) -> None:
        """Report *event* about *participant* to the application."""
        self.events.tell(word, event, participant.leg, participant.parameters | added)

    def listeners_of(self, speaker: Party) -> Iterable[Party]:
        """Those who hear the party on *speaker*: all others, or the one it coaches."""
        said_by = self.participants.get(speaker.sid)
        if said_by is None or not said_by.is_heard:
            return ()
        return list(self._audience(said_by))

    def speaks(self, speaker: Party, sound: PhoneSound) -> None:
        """The party on *speaker* makes *sound*."""
        said_by = self.participants.get(speaker.sid)
        if said_by is None or not said_by.is_heard:
            return
        if not said_by.coached_call_sid:
            self.recording_control.take(speaker, sound)
        if sound.kind == "speech":
            self.tell("speaker", "participant-speech-start", said_by)
            self.world.clock.start(self._falls_silent(said_by, sound.speech.seconds))

    def _falls_silent(self, participant: Participant, seconds: float) -> Process[None]:
        yield self.world.clock.seconds(seconds) | participant.gone
        if participant.is_in:
            self.tell("speaker", "participant-speech-stop", participant)

    def _audience(self, said_by: Participant) -> Iterator[Leg]:
        for other in self.participants.values():
            is_meant = not said_by.coached_call_sid or other.leg.sid == said_by.coached_call_sid
            if other is not said_by and other.listens and is_meant:
                yield other.leg

    def _may_start(self) -> bool:
        present = self.present
        return len(present) >= _FEWEST and any(each.starts_on_enter for each in present)

    def _start(self, by: Participant) -> None:
        self.status, self.updated = "in-progress", self.world.clock.now
        self.events.tell("start", "conference-start", by.leg, {})
        self.recording_control.start()
        for participant in self.present:
            participant.change()

    def _left(self, participant: Participant, reason: str) -> None:
        participant.leg.audio_path = None
        participant.leg.recorder.transcriptions.cut("outbound_track")
        stop_hearing(participant.leg)
        others = [each.leg for each in self.present]
        stop_all_hearing(others, self.world.clock.now, participant.leg.sid)
        self.recording_control.fall_silent(participant.leg.sid)
        seconds = round(self.world.clock.now - participant.since, 3)
        data = {"conference": self.sid, "name": self.name, "seconds": seconds}
        participant.leg.record_event(
            "left", f"conference {self.name}, after {seconds:.1f} s", **data
        )
        status = "completed" if reason == HUNG_UP else participant.leg.status
        added = {"ReasonParticipantLeft": reason, "ParticipantCallStatus": status}
        self.tell("leave", "participant-leave", participant, **added)
        if participant.beeps_on_exit:
            self._beep()

    def _beep(self) -> None:
        """Let everybody hear a beep, once the conference runs."""
        if self.is_running:
            for participant in self.present:
                if participant.listens:
                    start_beep(participant.leg)
