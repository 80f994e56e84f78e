"""A ConversationRelay session: Twilio's side of the conversation between a caller and a voice agent.

Source: Twilio's pages "TwiML Voice: ConversationRelay" and "Getting and sending WebSocket messages".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import inf
from typing import TYPE_CHECKING, Any

from ...secret import mask_user_info
from ...sessions import Turn, WebSocketSession
from ..legs._process import CallEnded
from ..legs._speaking import wait
from ..mounts._socket import SocketRefused
from ..webhooks._audio_file import fetch_audio
from ._agenda import Agenda
from ._agent_voice import AgentVoice, Audio, Keys
from ._caller import CallerInput
from ._frames import FrameLine
from ._messages import Malformed, read_message
from ._settings import read_settings
from ._setup import setup_message
from ._spec import relay_spec

if TYPE_CHECKING:
    from ...timeline import Kind
    from ...tracebacks import Raised
    from ..clock._clock import Process
    from ..legs._leg import Leg
    from ..legs._verb import Verb
    from ._settings import RelaySettings

#: Seconds within which an application must accept the WebSocket.
_PATIENCE = 5.0


class RelaySession:
    """Connects the call with the agent that *noun*, a ``<ConversationRelay>``, names."""

    def __init__(self, noun: Verb) -> None:
        self.settings: RelaySettings = read_settings(noun)
        self._noun = noun
        self._leg: Leg = noun.leg
        self._session = WebSocketSession(
            "conversation-relay",
            self._leg.world.identities.next("VX"),
            mask_user_info(self.settings.url),
            parameters={
                each["name"] or "": each["value"] or ""
                for each in noun.inside()
                if each.element.name == "Parameter"
            },
        )
        self._agenda = Agenda(self._leg.clock)
        self._frames = FrameLine(self._leg, self._session)
        self._voice = AgentVoice(self._leg, self._agenda, self.inform, self._begin_sound)
        self._caller = CallerInput(self, self._agenda, self._leg.clock)
        self._malformed = 0
        self._is_over = False
        self._opened = self._closed = 0.0
        self._outcome: dict[str, str] = {"SessionStatus": "completed"}
        self._turn: tuple[str, float] | None = None

    @property
    def result(self) -> Mapping[str, str]:
        """The parameters of the action callback."""
        ended = self._closed or self._leg.clock.now
        seconds = round(ended - self._opened) if self._opened else 0
        return {
            "SessionId": self._session.sid,
            "SessionDuration": str(seconds),
            **self._outcome,
        }

    @property
    def is_agent_speaking(self) -> bool:
        """Whether the caller hears the agent now."""
        return self._voice.is_speaking

    def run(self) -> Process[None]:
        """Hold the session until one side ends it."""
        timing = relay_spec().timing
        yield from wait(self._leg, timing.connect)
        if not (yield from self._open()):
            return
        try:
            yield from self._converse()
        finally:
            self._end()
        dropped = self._outcome["SessionStatus"] == "failed"
        yield from wait(self._leg, timing.action_after_drop if dropped else timing.action)

    def _open(self) -> Process[bool]:
        """Open the WebSocket, which answers the call; returns whether it is open."""
        leg = self._leg
        try:
            took = self._frames.open(self.settings.url, relay_spec().headers, _PATIENCE)
        except SocketRefused as refused:
            text = self._mask(f"{self._session.url} cannot be reached: {refused}")
            self._fail("unreachable", text)
            if leg.status == "ringing":
                raise CallEnded("busy", "Twilio: no session could be opened") from None
            return False
        leg.sessions.append(self._session)
        yield from wait(leg, took)
        self._opened = leg.clock.now
        setup = setup_message(leg, self._session)
        leg.answer()
        for event in relay_spec().silent_events:
            if event in self.settings.events:
                self._noun.record_event_once(
                    "not simulated", f"the events {event}", attribute="events"
                )
        self._record_socket("connected", self._session.url)
        self.tell(setup)
        if self.settings.greeting:
            self._voice.greet(self.settings)
        return True

    def _converse(self) -> Process[None]:
        leg, ear = self._leg, self._leg.ear
        with ear.listening(keys=True, speech=True):
            heard = ear.next()
            while True:
                self._agenda.run_due()
                self._read_frames()
                leg.process.raise_pending()
                if self._is_over:
                    return
                news = self._frames.news.next
                if self._has_more:
                    continue
                moment = min(self._agenda.next_at, self._frames.next_at or inf)
                due = [leg.clock.seconds(max(0.0, moment - leg.clock.now))] if moment < inf else []
                yield leg.clock.env.any_of([heard, news, *due])
                if heard.triggered:
                    self._take(heard.value)
                    heard = ear.next()

    @property
    def _has_more(self) -> bool:
        """Whether something is to be done at this very moment."""
        now, frame_at = self._leg.clock.now, self._frames.next_at
        if self._agenda.next_at <= now:
            return True
        return self._frames.loss is not None if frame_at is None else frame_at <= now

    def _take(self, heard: Any) -> None:
        """Take in *heard*: a key, as a text, or a sound."""
        if isinstance(heard, str):
            self._caller.press(heard)
        else:
            self._caller.hear(heard)

    def tell(self, message: Mapping[str, Any]) -> None:
        """Send *message* to the application."""
        self._frames.send(message)

    def inform(self, subscription: str, name: str, value: str) -> None:
        """Send an ``info`` message, if the session subscribes to it and goes on."""
        if subscription in self.settings.events and not self._is_over:
            self.tell({"type": "info", "name": name, "value": value})

    def interrupt(self, by: str) -> bool:
        """Let speech or a key interrupt the agent; returns whether it does."""
        cut = self._voice.interrupt(by)
        if cut is None:
            return False
        words, seconds = cut
        told = {"utteranceUntilInterrupt": words, "durationUntilInterruptMs": round(seconds * 1000)}
        self.tell({"type": "interrupt", **told})
        return True

    def await_answer(self, prompt: str, since: float) -> None:
        """A turn begins: the caller has stopped speaking at the moment *since*."""
        self._turn = (prompt, since)

    def _begin_sound(self) -> None:
        """The caller hears the agent after a silence: the turn ends."""
        if self._turn is not None:
            (prompt, since), self._turn = self._turn, None
            at, now = round(since - self._leg.created, 3), self._leg.clock.now
            self._session.turns.append(Turn(at, prompt, round(now - since, 3)))

    def _read_frames(self) -> None:
        while not self._is_over and (frame := self._frames.take()) is not None:
            try:
                message = read_message(frame)
            except Malformed as reason:
                self._refuse(frame, str(reason))
                continue
            self._malformed = 0
            self._frames.keep(message)
            _HANDLERS.get(message["type"], RelaySession._on_other)(self, message)
        if self._frames.loss is not None and self._frames.next_at is None and not self._is_over:
            self._drop(*self._frames.loss)

    def _refuse(self, frame: str | bytes, reason: str) -> None:
        """Answer a malformed message; the tenth in a row is the last."""
        spec, text = relay_spec(), frame if isinstance(frame, str) else repr(frame)
        self._frames.keep(text)
        self._malformed += 1
        code = self._noun.code("message")
        self._noun.record_event("failed", f"{code}: {reason}: {text[:200]}", code=code)
        told = f"Invalid message received, code: {code}, {text}"
        error = {"type": "error", "description": told}
        self._agenda.after(spec.timing.error, lambda: self.tell(error))
        if self._malformed == spec.most_malformed:
            seconds = spec.timing.error + spec.timing.give_up
            self._agenda.after(seconds, self._give_up)

    def _give_up(self) -> None:
        self._frames.close(*relay_spec().close["malformed"])
        self._fail("ended", "ten malformed messages in a row")
        self._is_over = True

    def _drop(self, code: int, reason: str, raised: Raised | None) -> None:
        said = f" “{reason}”" if reason else ""
        why = f": the application raised {raised.line}" if raised else ""
        text = self._mask(f"the application closed the WebSocket ({code}{said}){why}")
        trace = {"traceback": self._mask(raised.traceback)} if raised else {}
        self._fail("ended", text, **trace)
        self._is_over = True

    def _mask(self, text: str) -> str:
        return self._leg.world.account.auth_token.mask_in(text)

    def _fail(self, reason: str, text: str, **data: str) -> None:
        self._noun.fail(reason, text, **data)
        self._outcome = {
            "SessionStatus": "failed",
            "ErrorCode": str(self._noun.code(reason)),
            "ErrorMessage": relay_spec().ended if reason == "ended" else text,
        }

    def _end(self) -> None:
        """Be silent, and close the WebSocket."""
        self._is_over = True
        self._voice.stop()
        self._frames.close(*relay_spec().close["normal"])
        self._closed = self._leg.clock.now
        session = self._session
        session.status = self._outcome["SessionStatus"]
        if not self._leg.is_over:
            by = "application" if self._frames.loss else "Twilio"
            text = f"{session.close_code} {session.close_reason}".strip()
            self._record_socket("disconnected", text, by=by)

    def _record_socket(self, kind: Kind, text: str, **data: str) -> None:
        session = self._session
        self._noun.record_event(kind, text, session=session.sid, url=session.url, **data)

    def _on_text(self, message: Mapping[str, Any]) -> None:
        self._voice.add_text(message, self.settings)

    def _on_play(self, message: Mapping[str, Any]) -> None:
        leg, spec = self._leg, relay_spec()
        file = fetch_audio(message["source"], leg.world.network, leg.files, leg.webhooks.cookies)
        if file.failure is not None or not file.is_audio:
            why = file.failure.reason if file.failure else f"its type, {file.kind}, is not audio"
            self._noun.record_event("warned", f"{file.url} is not played: {why}", url=file.url)
            return
        loop = message.get("loop")
        times = spec.default_loop if loop is None else loop or spec.endless_loop
        self._voice.add(Audio(file, times), message, self.settings)

    def _on_digits(self, message: Mapping[str, Any]) -> None:
        self._voice.add(Keys(message["digits"]), message, self.settings)

    def _on_language(self, message: Mapping[str, Any]) -> None:
        self.settings = self.settings.changed_by(message)

    def _on_end(self, message: Mapping[str, Any]) -> None:
        """The application ends the session: what waits is not spoken."""
        self._voice.stop()
        self._outcome = {"SessionStatus": "ended"}
        if message.get("handoffData") is not None:
            self._outcome["HandoffData"] = message["handoffData"]
        self._agenda.after(relay_spec().timing.end, self._hand_off)

    def _hand_off(self) -> None:
        self._is_over = True

    def _on_other(self, message: Mapping[str, Any]) -> None:
        text = f"the message {message['type']} changes nothing"
        self._noun.record_event_once("not simulated", text, message=message["type"])


_HANDLERS: Mapping[str, Callable[[RelaySession, Mapping[str, Any]], None]] = {
    "text": RelaySession._on_text,
    "play": RelaySession._on_play,
    "sendDigits": RelaySession._on_digits,
    "language": RelaySession._on_language,
    "end": RelaySession._on_end,
}
