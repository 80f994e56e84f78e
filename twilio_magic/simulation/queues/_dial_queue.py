"""<Dial><Queue>: an agent takes the first call that waits in a queue. Source: Twilio's page "TwiML Voice: Queue"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..clock._clock import whole
from ..clock._waiting import Signal
from ..dialing._recording import DialRecording
from ..dialing._ring_tone import RingTone
from ..legs._bridge import Bridge
from ._queue import is_name
from ._queues import queue_called

if TYPE_CHECKING:
    from ..clock._clock import Process
    from ..legs._verb import Verb
    from ..webhooks._target import WebhookTarget
    from ._member import Member
    from ._queue import Queue

_STAR = "*"


class DialQueue:
    """One performance of a <Dial> with a <Queue>, on the *leg* of an agent. *gone* happens when it is over."""

    def __init__(self, verb: Verb) -> None:
        self.leg = verb.leg
        self.gone = verb.leg.clock.event()
        self._dial = verb
        self._noun = verb.inside()[0]
        self._queue: Queue | None = None
        self._member: Member | None = None
        self._bridge: Bridge | None = None
        self._is_late = False  # nobody came in time
        self._is_lost = False  # who came is gone
        self._news = Signal(verb.leg.clock)
        self._tone = RingTone(verb)
        self._taping = DialRecording(verb)

    @property
    def result(self) -> dict[str, str]:
        """The parameters of the action URL.

        Only that a queue that does not exist is an error is documented; ``Dequeued…`` is what applications read.
        """
        told = {
            "DialCallStatus": self._status,
            "DialBridged": str(self._bridge is not None).lower(),
        }
        if self._queue is not None:
            told |= {"QueueSid": self._queue.sid, "DequeueResult": self._dequeue_result}
        if self._member is not None:
            told |= {"DialCallSid": self._member.sid, **self._member.facts}
            told |= {"DequeuedCallSid": self._member.sid}
            told |= {"DequeuedCallQueueTime": told["QueueTime"]}
        if self._bridge is not None:
            seconds = str(whole(self._bridge.seconds))
            told |= {"DialCallDuration": seconds, "DequeuedCallDuration": seconds}
        return told | self._taping.result

    @property
    def _status(self) -> str:
        if self._bridge is not None:
            return "completed"
        if self._queue is None:
            return "failed"
        return "no-answer" if self._is_late else "canceled"

    @property
    def _dequeue_result(self) -> str:
        if self._bridge is not None:
            return "bridged"
        return "timeout" if self._is_late else "hangup"

    def run(self) -> Process[None]:
        """Wait for the first call in the queue, let the two talk, and return when that is over."""
        self._noun.record_unsupported_attributes()
        queue = self._queue = self._find()
        if queue is None:
            return
        try:
            self._taping.start_at("ringing")
            queue.serve(self)
            yield from self._until_taken(queue)
            if self._member is not None and self._noun["url"]:
                self._tone.start()  # the agent hears it while the caller hears the whisper
            while self._member is not None and self._bridge is None and not self._is_lost:
                yield self._news.next
            if self._bridge is not None:
                yield from self._talk(self._bridge)
        finally:
            queue.serve_no_more(self)
            self._end()

    def take(self, member: Member) -> None:
        """*member* is the agent's: the first hears the whisper, if there is one, and is then connected."""
        self._member = member
        data = {"to": member.leg.far_end, "noun": self._noun.element.name, "call": member.sid}
        self._noun.record_event(
            "dialed", f"{member.leg.far_end}, who waited {member.seconds:.1f} s", **data
        )
        self._news.happen()

    def whisper(self, member: Member) -> WebhookTarget | None:
        """The document that *member* hears before the two are connected, told who connects them."""
        source = self._noun.callback(self._noun["url"], self._noun["method"], "whisper")
        return source and source.with_parameters({**member.facts, "DequeingCallSid": self.leg.sid})

    def connect(self, member: Member) -> Bridge:
        """Let the agent and *member* hear each other from now on."""
        self._tone.stop()
        self.leg.answer()
        self._bridge = Bridge(self.leg, member.leg)
        self._taping.start_at("answer")
        self._news.happen()
        return self._bridge

    def lose(self) -> None:
        """The caller's side is over."""
        self._is_lost = True
        if self._bridge is not None:
            self._bridge.close()
        self._news.happen()

    def _find(self) -> Queue | None:
        """The queue; ``None``, and told, if there is none."""
        name = self._noun.element.text or ""
        if not is_name(self._noun, name):
            return None
        queue = queue_called(self.leg.world, name)
        if queue is None:
            self._noun.record_event("failed", f"there is no queue {name!r}")
        return queue

    def _until_taken(self, queue: Queue) -> Process[None]:
        """Wait for a call, as long as *timeout* says; the agent hears ringing meanwhile."""
        if self._member is not None:
            return
        self._tone.start()
        seconds = float(self._dial["timeout"])
        yield self._news.next | self.leg.clock.seconds(seconds)
        self._is_late = self._member is None
        if self._is_late:
            self._noun.record_event("timed out", f"nobody came to the queue {queue.name!r}")

    def _talk(self, bridge: Bridge) -> Process[None]:
        """Wait for the end of the conversation: of either side, by a key with *hangupOnStar*, or of *timeLimit*."""
        seconds = float(self._dial["timeLimit"])
        limit = self.leg.clock.seconds(seconds)
        with self.leg.ear.listening():
            while bridge.is_open:
                key = self.leg.ear.next()
                yield key | bridge.ended | limit
                if limit.processed:
                    self._dial.record_event("timed out", f"the time limit of {seconds:g} s")
                if limit.processed or (
                    key.triggered and key.value == _STAR and self._dial["hangupOnStar"]
                ):
                    bridge.close()

    def _end(self) -> None:
        self._tone.stop()
        self._taping.stop()
        if self._bridge is not None:
            self._bridge.close()
        self.gone.succeed()
