"""One performance of <Enqueue>: the call waits in a queue, and is connected with the agent who takes it.

Source: Twilio's page "TwiML Voice: Enqueue".
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from ..clock._waiting import until
from ..legs._callbacks import report
from ..legs._hold_music import play_document, play_music
from ..legs._process import CallRedirected
from ..legs._speaking import SHORTEST_ROUND, repeat
from ._member import Left
from ._queue import Queue, is_name
from ._queues import queue_called

if TYPE_CHECKING:
    from ..clock._clock import Process
    from ..legs._verb import Verb
    from ..webhooks._target import WebhookTarget
    from ._dial_queue import DialQueue
    from ._member import Member

#: So often in a row a wait document that takes no time is requested once a second, and then ever more rarely.
_PROMPT_ROUNDS = 60
_LONGEST_ROUND = 60.0  # seconds


class Enqueue:
    """Puts the call of *verb* into the queue that it names."""

    def __init__(self, verb: Verb) -> None:
        self._verb = verb
        self._leg = verb.leg
        self._member: Member | None = None
        self._outcome = "error"

    @property
    def result(self) -> dict[str, str]:
        """The parameters of the action URL. A call that was not let in has no queue."""
        told = self._member.facts if self._member else {}
        return {"QueueResult": self._outcome, **told}

    def run(self) -> Process[None]:
        """Wait, be connected with an agent, and return when that is over."""
        verb = self._verb
        source = verb.callback(verb["waitUrl"], verb["waitUrlMethod"], "wait url")
        is_wrong = source is None and bool(verb["waitUrl"])
        queue = None if is_wrong else self._queue()
        if queue is None:
            return
        member = self._member = queue.join(self._leg, self._task(queue))
        try:
            yield from self._wait_and_talk(member, source)
        except Left:
            self._outcome = "leave"
        except CallRedirected:
            self._report_redirect(member)
            raise
        finally:
            member.leave(self._outcome)
            if member.agent is not None:
                member.agent.lose()

    def _queue(self) -> Queue | None:
        """The queue, created if there is none; ``None`` if the call is not let in, and the reason is recorded."""
        verb, world = self._verb, self._leg.world
        name = verb.element.text or verb["workflowSid"] or ""
        if not is_name(verb, name):
            return None
        most = verb["maxQueueSize"]
        size = {} if most is None else {"MaxSize": str(most)}
        queue = queue_called(world, name) or world.account.add(
            Queue(world, {"FriendlyName": name, **size})
        )
        room = queue.most if most is None else min(most, queue.most)
        if len(queue.members) < room:
            return queue
        self._outcome = "queue-full"
        code = verb.code("full")
        verb.record_event("warned", f"{code}: the queue {name!r} is full: {room} wait", code=code)
        return None

    def _task(self, queue: Queue) -> Mapping[str, Any]:
        """The task for TaskRouter, which is not simulated; that is recorded."""
        workflow = self._verb["workflowSid"]
        if not workflow:
            return {}
        self._verb.record_event(
            "not simulated",
            f"TaskRouter: the workflow {workflow} finds nobody, so the call waits for whoever dials"
            f" the queue {queue.name!r} (line {self._verb.element.line})",
        )
        task: dict[str, Any] = {"workflow": workflow}
        for noun in self._verb.inside():
            noun.record_unsupported_attributes()
            with suppress(ValueError):  # the checker has told of what is no JSON
                task["attributes"] = json.loads(noun.element.text)
        return task

    def _wait_and_talk(self, member: Member, source: WebhookTarget | None) -> Process[None]:
        """Wait until an agent takes the call, then be connected; ends early if the wait document fails."""
        self._outcome = "hangup"
        yield from until(member.taken, self._wait(member, source))
        if member.agent is None:
            self._outcome = "error"
            return
        self._outcome = "bridging-in-process"
        yield from self._talk(member, member.agent)

    def _wait(self, member: Member, source: WebhookTarget | None) -> Process[None]:
        """Play the wait document again and again; returns when one has failed."""
        leg = self._leg
        if source is None:
            yield from self._music()
            return
        leg.has_failed = False
        yield from repeat(leg, lambda: self._wait_once(member, source), self._shortest_round)
        leg.has_failed = False

    def _wait_once(self, member: Member, source: WebhookTarget) -> Process[bool]:
        """One round of what is at *source*; returns whether it has failed."""
        told = member.facts | member.queue.facts | {"QueuePosition": str(member.position)}
        yield from play_document(self._leg, source.with_parameters(told), "queue-wait")
        return self._leg.has_failed

    def _shortest_round(self, short_rounds: int) -> float:
        """The seconds that a round takes at least: a second, and more after many in a row that took no time."""
        above = short_rounds - _PROMPT_ROUNDS
        if above == 1:
            self._verb.record_event(
                "warned",
                f"the wait document took no time {short_rounds} times in a row: it is requested less and"
                f" less often, once in {_LONGEST_ROUND:.0f} s at last",
            )
        return min(_LONGEST_ROUND, SHORTEST_ROUND * 2.0 ** max(0, min(above, 10)))

    def _music(self) -> Process[None]:
        """Music to the end; an empty *waitUrl* asks for silence."""
        if "waitUrl" in self._verb.element.attributes:
            self._leg.answer()
            yield self._leg.clock.event()  # which never happens
        yield from play_music(self._leg)

    def _talk(self, member: Member, agent: DialQueue) -> Process[None]:
        """Play the whisper of *agent*, then bridge the two until the bridge ends."""
        leg = self._leg
        leg.answer()
        whisper = agent.whisper(member)
        if whisper is not None:
            yield from until(agent.gone, play_document(leg, whisper, "queue-whisper"))
        if agent.gone.triggered:
            return
        bridge = agent.connect(member)
        self._outcome = "bridged"
        with leg.ear.listening():
            yield bridge.ended

    def _report_redirect(self, member: Member) -> None:
        """The API redirects the call: the action URL is requested at once, and its answer is ignored."""
        is_bridged = self._outcome == "bridged"
        self._outcome = "redirected-from-bridged" if is_bridged else "redirected"
        member.leave(self._outcome)
        action = self._verb.callback(self._verb["action"], self._verb["method"], "action")
        if action is not None:
            report(self._leg, "action", action.url, action.method, self.result, bare=False)
