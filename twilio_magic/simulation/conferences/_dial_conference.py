"""<Dial><Conference>: the call joins a conference. Source: Twilio's page "TwiML Voice: Conference"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..dialing._recording import Taping
from ..legs._verb import supports
from ..recordings._recording import Settings
from ._conferences import conference_of
from ._participant import Manner
from ._participation import stay
from ._recording import RECORDS

if TYPE_CHECKING:
    from ..clock._clock import Process
    from ..legs._verb import Verb
    from ..webhooks._target import WebhookTarget
    from ._conference import Conference

supports(
    "Conference",
    "beep",
    "coach",
    "endConferenceOnExit",
    "maxParticipants",
    "muted",
    "participantLabel",
    "record",
    "recordingStatusCallback",
    "recordingStatusCallbackEvent",
    "recordingStatusCallbackMethod",
    "region",
    "startConferenceOnEnter",
    "statusCallback",
    "statusCallbackEvent",
    "statusCallbackMethod",
    "trim",
    "waitMethod",
    "waitUrl",
)


class Attending:
    """One performance of a <Dial> with a <Conference>, on the leg of *verb*."""

    def __init__(self, verb: Verb) -> None:
        self._dial = verb
        self._noun = verb.inside()[0]
        self._leg = verb.leg
        self._refused = True

    @property
    def result(self) -> dict[str, str]:
        """What *action* is told."""
        return {"DialCallStatus": "failed" if self._refused else "answered"}

    def run(self) -> Process[None]:
        """Join the conference, and return when the call is no longer in it."""
        self._leg.answer()
        self._noun.record_unsupported_attributes()
        if Taping(self._dial).is_wanted:
            self._dial.record_event(
                "warned", "record of <Dial> does nothing here: <Conference> has its own"
            )
        manner = _manner(self._noun)
        conference = conference_of(self._noun.element.text, self._leg, manner)
        if self._is_refused(conference, manner):
            return
        self._refused = False
        participant = conference.expect(self._leg, manner)
        star, seconds = self._dial["hangupOnStar"], float(self._dial["timeLimit"])
        yield from stay(participant, star=star, seconds=seconds)

    def _is_refused(self, conference: Conference, manner: Manner) -> bool:
        """Whether the call is not let in; that is told."""
        if conference.is_full:
            self._noun.fail("full", f"conference {conference.name} is full: {conference.most}")
        elif manner.label and conference.find(manner.label):
            self._noun.fail("label_taken", f"the label {manner.label!r} is in use")
        elif manner.coached and conference.find(manner.coached) is None:
            self._noun.fail("coach", f"{manner.coached} is not in conference {conference.name}")
        else:
            return False
        return True


def _manner(noun: Verb) -> Manner:
    """What the attributes of *noun* say."""
    return Manner(
        label=noun["participantLabel"] or "",
        muted=noun["muted"],
        beep=noun["beep"],
        starts=noun["startConferenceOnEnter"],
        ends=noun["endConferenceOnExit"],
        coached=noun["coach"] or "",
        wait=noun.callback(noun["waitUrl"], noun["waitMethod"], "wait url"),
        is_silent=noun.element.attributes.get("waitUrl") == "",
        most=noun["maxParticipants"],
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
