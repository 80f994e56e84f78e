"""What happened in a call: its records, its futures, and its sequence diagram."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, cast

from ...errors import TwilioMagicError
from ...moment import is_moment, moment_of
from ...plain_data import data_of_call
from ...secret import Secret
from ._resource import Resource

if TYPE_CHECKING:
    from ...ladder import Ladder
    from ...moment import CallMoment
    from ...replay import Replay
    from ...sessions import WebSocketSessions
    from ...sound import Sound
    from ...timeline import Exchanges, Timeline, Transcript


class CallStory(Resource):
    """The part of a call that tells what happened in it."""

    from_: str
    to: str
    direction: str

    @property
    def timeline(self) -> Timeline:
        """What happened so far, in order."""
        return self._transport.backend.timeline(self)

    @property
    def transcript(self) -> Transcript:
        """What was heard so far, in order: Twilio's words, and the phones' words and keys."""
        return self._transport.backend.transcript(self)

    @property
    def webhooks(self) -> Exchanges:
        """Every request that the call made so far, with its signature, reply and timing."""
        return self._transport.backend.webhooks(self)

    @property
    def sessions(self) -> WebSocketSessions:
        """The WebSocket sessions with voice agents that the call had so far, with their frames and turns."""
        return self._transport.backend.sessions(self)

    def sound(self) -> Sound:
        """The sound of the call so far: each party on a channel of its own, with a player, a waveform and chapters.

        ``call.sound().save("call.wav")`` keeps it. Words are spoken by a synthesizer where one is installed
        (``pip install "twilio-magic[speech]"``), and are else noise in the shape of speech; both take the time that
        they have in the call. The call's recordings have the same samples. Raises :class:`TwilioMagicError` for a live
        call, whose recordings Twilio has.
        """
        return self._transport.backend.sound(self)

    def replay(self) -> Replay:
        """The call so far, to be played again in a notebook: in real time, faster, or line by line.

        The browser speaks what is said. Words, keys and TwiML are marked as they are heard. It needs the extra
        ``phone``; without it, and without a kernel, it is the conversation with its times. Raises
        :class:`TwilioMagicError` for a live call.
        """
        return self._transport.backend.replay(self)

    def ladder(self, *others: CallStory) -> Ladder:
        """Who sent what to whom so far: phones, Twilio and web applications side by side.

        It shows the call and the legs that it made. Calls that met in a conference or through a queue made no legs of
        each other: ``ann.ladder(bob, cleo)`` shows them beside it, on one clock, that of the call that was created
        first. Shown, it is a diagram; ``call.ladder().save("call.svg")`` keeps it. Of live calls it knows what their
        timelines know. Raises :class:`TwilioMagicError` for what is no call, and for calls of another simulator or
        account.
        """
        for other in others:
            _refuse_apart(self, other)
        calls = {call.sid: call for call in (self, *others)}
        return self._transport.backend.ladder(*calls.values())

    def at(self, seconds: float) -> CallMoment:
        """The call as it was so many *seconds* after it was created: its status, the verb, who hears what, the parties.

        Raises :class:`TwilioMagicError` for a moment that it did not have.
        """
        timeline = self.timeline
        lasted = timeline[-1].at if timeline else 0.0
        if not is_moment(seconds, lasted):
            raise TwilioMagicError(
                f"This call has no moment {seconds!r}: the last that is known of it is {lasted:g}.",
                hint=f"Give seconds since it was created, from 0 to {lasted:g}.",
            )
        far_end = self.from_ if self.direction == "inbound" else self.to
        return moment_of(timeline, self.sid, far_end, float(seconds))

    def fork(
        self, before: str | None = None, *, at: float | None = None, phone: Any = None
    ) -> Self:
        """The same call with another future: its past is replayed in a world of its own, and then goes another way.

        The point is *before* an event, such as ``"gather 2"``, ``"say 3"``, ``"dial 1"`` or ``"webhook 4"``, or *at*
        so many seconds after the call was created. From there on *phone*, a script, a function or a person, is at the
        far end; without it, the phone does what it did. The call is returned at this point: ``call.wait()`` goes on.

        Web applications are not asked again for what they have answered, and what they did over REST is done again for
        them; from the point on they are asked. An agent that is a function is not asked again either; one with a
        WebSocket of its own is told again what Twilio sent, and what it says to that is not heard. What an application
        remembers of its own, outside the simulated world, stays as it is now.

        Raises :class:`SimulatorError` for a point that the call does not have, and says which there are;
        :class:`PastDiffers` if the past does not come out the same, byte for byte, with both requests; and
        :class:`TwilioMagicError` for a live call.
        """
        forked = self._transport.backend.fork(self, before=before, at=at, phone=phone)
        return cast("Self", forked)

    def to_dialog(self) -> str:
        """The call as a dialog: what everybody heard and did so far, as a test that passes.

        ``tm.dialogs(call.to_dialog())`` reads it. Keys of payments are not kept. Raises :class:`TwilioMagicError` for a
        live call, of which only its parties know what was heard.
        """
        return self._transport.backend.to_dialog(self)

    def to_dict(self) -> dict[str, Any]:
        """The call as plain data that JSON can hold: its fields, timeline, transcript, requests and sessions.

        Headers of requests, which have signatures, are left out. Of a live call it has what Twilio tells.
        """
        fields = {
            name: value for name, value in self.fields.items() if not isinstance(value, Secret)
        }
        record: dict[str, Any] = {**fields, "timeline": [], "transcript": []}
        if self._transport.is_live:
            return {**record, **data_of_call(self.timeline)}
        return {
            **record,
            **data_of_call(self.timeline, self.transcript, self.webhooks, self.sessions),
        }

    def save(self, path: str | Path) -> Path:
        """Write :meth:`to_dict` to the file at *path*, as JSON; returns its path."""
        file = Path(path)
        file.write_text(json.dumps(self.to_dict(), indent=1, ensure_ascii=False) + "\n", "utf-8")
        return file


def _refuse_apart(call: CallStory, other: object) -> None:
    """Raise :class:`TwilioMagicError` if *other* is nothing that could have met *call*."""
    if not isinstance(other, CallStory):
        raise TwilioMagicError(
            f"A ladder shows calls, and {other!r} is none.",
            hint="Give the calls themselves, one by one: ann.ladder(bob, cleo).",
        )
    ours, theirs = call._transport, other._transport
    is_one_world = ours.backend is theirs.backend or (ours.is_live and theirs.is_live)
    if not is_one_world or ours.account_sid != theirs.account_sid:
        raise TwilioMagicError(
            f"{other!r} is of another simulator, or another account, than {call!r}.",
            hint="Calls share a ladder that could have met.",
        )
