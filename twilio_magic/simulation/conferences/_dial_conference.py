"""<Dial><Conference>: the call joins a conference. Source: Twilio's page "TwiML Voice: Conference"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..dialing._recording import DialRecording
from ..recordings._settings import Settings
from ._conferences import conference_of
from ._participant import ParticipantOptions
from ._participation import participate
from ._recording import RECORDS

if TYPE_CHECKING:
    from ..clock._clock import Process
    from ..legs._verb import Verb
    from ..webhooks._target import WebhookTarget
    from ._conference import Conference


class DialConference:
    """One performance of a <Dial> with a <Conference>, on the leg of *verb*."""

    def __init__(self, verb: Verb) -> None:
        self._dial = verb
        self._noun = verb.inside()[0]
        self._leg = verb.leg
        self._refused = True
        self._recording = DialRecording(verb)

    @property
    def result(self) -> dict[str, str]:
        """The parameters of the action URL."""
        status = "failed" if self._refused else "answered"
        return {"DialCallStatus": status, **self._recording.result}

    def run(self) -> Process[None]:
        """Join the conference, and return when the call has left it."""
        self._leg.answer()
        self._noun.record_unsupported_attributes()
        options = _options(self._noun)
        conference = conference_of(self._noun.element.text, self._leg, options)
        if self._is_refused(conference, options):
            return
        self._refused = False
        participant = conference.expect(self._leg, options)
        star, seconds = self._dial["hangupOnStar"], float(self._dial["timeLimit"])
        for moment in ("ringing", "answer"):  # nobody rings: they are one
            self._recording.start_at(moment)
        try:
            yield from participate(participant, star=star, seconds=seconds)
        finally:
            self._recording.stop()

    def _is_refused(self, conference: Conference, options: ParticipantOptions) -> bool:
        """Whether the call may not join; the reason is recorded."""
        if conference.is_full:
            self._noun.fail(
                "full", f"conference {conference.name} is full: {conference.max_participants}"
            )
        elif options.label and conference.find(options.label):
            self._noun.fail("label_taken", f"the label {options.label!r} is in use")
        elif options.coached_call_sid and conference.find(options.coached_call_sid) is None:
            self._noun.fail(
                "coach", f"{options.coached_call_sid} is not in conference {conference.name}"
            )
        else:
            return False
        return True


def _options(noun: Verb) -> ParticipantOptions:
    """The options that the attributes of *noun* give."""
    return ParticipantOptions(
        label=noun["participantLabel"] or "",
        muted=noun["muted"],
        beep=noun["beep"],
        starts_on_enter=noun["startConferenceOnEnter"],
        ends_on_exit=noun["endConferenceOnExit"],
        coached_call_sid=noun["coach"] or "",
        wait=noun.callback(noun["waitUrl"], noun["waitMethod"], "wait url"),
        is_silent=noun.element.attributes.get("waitUrl") == "",
        max_participants=noun["maxParticipants"],
        region=noun["region"] or "",
        recording=_recording(noun),
        callback=_callback(noun, "statusCallback", "conference status"),
        events=noun["statusCallbackEvent"] or (),
    )


def _recording(noun: Verb) -> Settings | None:
    if noun["record"] not in RECORDS:
        return None
    return Settings(
        trim=noun["trim"],
        callback=_callback(noun, "recordingStatusCallback", "recording status"),
        events=noun["recordingStatusCallbackEvent"],
    )


def _callback(noun: Verb, name: str, purpose: str) -> WebhookTarget | None:
    return noun.callback(noun[name], noun[f"{name}Method"], purpose)
