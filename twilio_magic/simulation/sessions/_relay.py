"""A ConversationRelay session: Twilio's side of the conversation between a caller and a voice agent.

Source: Twilio's pages "TwiML Voice: ConversationRelay" and "Getting and sending WebSocket messages".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import inf
from typing import TYPE_CHECKING, Any

from ...secret import mask_user_info
from ...sessions import WebSocketSession
from ..legs._process import CallEnded
from ..legs._speaking import wait
from ..mounts._socket import SocketRefused
from ._agenda import Agenda
from ._agent_voice import AgentVoice
from ._caller import CallerInput
from ._config import change_settings
from ._frames import FrameLine
from ._malformed import MalformedMessages
from ._messages import Malformed, is_end_of_answer, read_message
from ._outcome import Outcome, describe_loss
from ._reconnection import Loss, Reconnection
from ._settings import find_wrong_value, read_settings
from ._setup import setup_message, tell_what_is_not_simulated
from ._sounds import Keys, fetch_sound
from ._spec import relay_spec
from ._turns import TurnLog

if TYPE_CHECKING:
    from ...timeline import Kind
    from ..clock._clock import Process
    from ..legs._leg import Leg
    from ..legs._verb import Verb
    from ._settings import RelaySettings

#: Seconds to accept the WebSocket, and real ones for a server that runs to greet by itself, or to answer a key.
_PATIENCE, _FIRST_WORDS = 5.0, 0.5


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
        self._frames = FrameLine(
            self._leg, self._session, is_end_of_answer, lambda: self._voice.is_busy
        )
        self._voice = AgentVoice(self._leg, self._agenda, self.inform, self._begin_sound)
        self._caller = CallerInput(self, self._agenda, self._leg.clock)
        self._malformed = MalformedMessages(noun, self._agenda, self._give_up)
        self._reconnection = Reconnection(
            self._frames, self._agenda, self._reconnect, self._fail_after
        )
        self._is_over = False
        self._opened = self._closed = 0.0
        self._outcome = Outcome()
        self._turns = TurnLog(self._leg, self._session)

    @property
    def result(self) -> Mapping[str, str]:
        """The parameters of the action callback."""
        ended = self._closed or self._leg.clock.now
        seconds = ended - self._opened if self._opened else 0
        return self._outcome.parameters(self._session.sid, seconds)

    @property
    def is_agent_speaking(self) -> bool:
        """Whether the caller hears the agent now."""
        return self._voice.is_speaking

    def run(self) -> Process[None]:
        """Hold the session until one side ends it."""
        timing = relay_spec().timing
        yield from wait(self._leg, timing.connect)
        tell_what_is_not_simulated(self._noun, self.settings)
        if not (yield from self._open()):
            return
        try:
            yield from self._converse()
        except CallEnded:
            self._caller.leave()
            raise
        finally:
            self._end()
        dropped = self._outcome.status == "failed"
        yield from wait(self._leg, timing.action_after_drop if dropped else timing.action)

    def _open(self) -> Process[bool]:
        """Open the WebSocket, which answers the call; returns whether it is open."""
        leg, spec = self._leg, relay_spec()
        wrong = find_wrong_value(self._noun)
        if wrong is not None and wrong.code is not None:
            return self._refuse_to_open(wrong.code, wrong.message)
        try:
            took = self._frames.open(self.settings.url, spec.headers, _PATIENCE, spec.also_signed)
        except SocketRefused as refused:
            text = self._mask(f"{self._session.url} cannot be reached: {refused}")
            return self._refuse_to_open(self._noun.code("unreachable"), text)
        leg.sessions.append(self._session)
        yield from wait(leg, took)
        self._opened = leg.clock.now
        setup = setup_message(leg, self._session)
        leg.answer()
        leg.recorder.discard_whole("it talks with a voice agent")
        self._record_socket("connected", self._session.url)
        self._frames.await_answer(0.0 if self.settings.greeting else _FIRST_WORDS)
        self.tell(setup)
        if self.settings.greeting:
            self._voice.greet(self.settings)
        return True

    def _refuse_to_open(self, code: int, text: str) -> bool:
        """There is no session: a call that was not answered yet is busy."""
        self._fail(code, text, text)
        if self._leg.status == "ringing":
            raise CallEnded("busy", "Twilio: no session could be opened")
        return False

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
                    self._caller.take(heard.value)
                    heard = ear.next()

    @property
    def _has_more(self) -> bool:
        """Whether something is to be done at this very moment."""
        now, frame_at = self._leg.clock.now, self._frames.next_at
        has_news = self._frames.loss is not None if frame_at is None else frame_at <= now
        return has_news or self._agenda.next_at <= now

    def tell(self, message: Mapping[str, Any]) -> None:
        """Send *message* to the application."""
        if message["type"] == "dtmf":
            self._frames.await_answer(_FIRST_WORDS)
        self._frames.send(message)

    def inform(self, subscription: str, name: str, value: str) -> None:
        """Send an ``info`` message, if the session subscribes to it and goes on."""
        if subscription in self.settings.events and not self._is_over:
            self.tell({"type": "info", "name": name, "value": value})

    def interrupt(self, by: str) -> bool:
        """Let speech or a key interrupt the agent; returns whether it does."""
        if self.is_agent_speaking and self._frames.land():
            self._read_frames()
        cut = self._voice.interrupt(by)
        if cut is None:
            return False
        words, seconds = cut
        told = {"utteranceUntilInterrupt": words, "durationUntilInterruptMs": round(seconds * 1000)}
        self.tell({"type": "interrupt", **told})
        return True

    def await_answer(self, prompt: str, since: float) -> None:
        """A turn begins: the caller has stopped speaking at the moment *since*."""
        self._turns.begin(prompt, since)
        self._frames.await_answer(self._leg.world.waiting_time.seconds, f"the prompt “{prompt}”")

    def _begin_sound(self, after_silence: bool) -> None:
        """The caller hears the agent: after a silence the turn ends."""
        self._caller.hear_agent()
        if after_silence:
            self._turns.end()

    def _read_frames(self) -> None:
        while not self._is_over and (frame := self._frames.take()) is not None:
            try:
                message = read_message(frame)
            except Malformed as reason:
                self._malformed.answer(self._frames, frame, str(reason))
                continue
            self._malformed.count = 0
            self._frames.keep(message)
            _HANDLERS.get(message["type"], RelaySession._on_other)(self, message)
        if self._frames.loss is not None and self._frames.next_at is None and not self._is_over:
            self._drop(self._frames.loss)

    def _give_up(self) -> None:
        self._frames.close(*relay_spec().close["malformed"])
        code, told = self._noun.code("ended"), relay_spec().ended
        self._fail(code, "ten malformed messages in a row", told)

    def _drop(self, loss: Loss) -> None:
        """The application has closed the socket, or lost it. That is no loss where it has ended the session before."""
        if self._outcome.status == "ended":
            self._is_over = True
        elif self.settings.reconnects and loss[0] not in relay_spec().closes_in_order:
            self._record_socket("disconnected", f"{loss[0]} {loss[1]}".strip(), by="application")
            self._reconnection.begin(loss)
        else:
            self._fail_after(loss)

    def _reconnect(self) -> None:
        spec = relay_spec()
        self._frames.open(self.settings.url, spec.headers, _PATIENCE, spec.also_signed)
        self._record_socket("connected", self._session.url)
        self._frames.resume(setup_message(self._leg, self._session))

    def _fail_after(self, loss: Loss) -> None:
        text, raised = self._mask(describe_loss(*loss)), loss[2]
        trace = {"traceback": self._mask(raised.traceback)} if raised else {}
        self._fail(self._noun.code("ended"), text, relay_spec().ended, **trace)

    def _mask(self, text: str) -> str:
        return self._leg.world.account.auth_token.mask_in(text)

    def _fail(self, code: int, text: str, told: str, **data: str) -> None:
        """The session fails with *code*: the timeline has *text*, the action is *told* less."""
        self._noun.record_event("failed", f"{code}: {text}", code=code, **data)
        self._outcome.fail(code, told)
        self._is_over = True

    def _end(self) -> None:
        """Be silent, and close the WebSocket."""
        self._is_over = True
        self._voice.stop()
        self._frames.close(*relay_spec().close["normal"])
        self._closed = self._leg.clock.now
        session = self._session
        session.status = self._outcome.status
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
        audio = fetch_sound(self._noun, message["source"], message.get("loop"))
        if audio is not None:
            self._voice.add(audio, message, self.settings)

    def _on_digits(self, message: Mapping[str, Any]) -> None:
        self._voice.add(Keys(message["digits"]), message, self.settings)

    def _on_language(self, message: Mapping[str, Any]) -> None:
        self.settings = self.settings.changed_by(message)

    def _on_config(self, message: Mapping[str, Any]) -> None:
        self.settings = change_settings(self._noun, self.settings, message)

    def _on_end(self, message: Mapping[str, Any]) -> None:
        """The application ends the session: what waits is not spoken."""
        self._voice.drop()
        self._outcome.end(message.get("handoffData"))
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
    "config": RelaySession._on_config,
    "end": RelaySession._on_end,
}
