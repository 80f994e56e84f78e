"""Exercises of conferences and queues: a room that waits for its host, and a queue in which nobody waits for ever."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..api import Client
from ..simulation import Simulator
from ._answer import Answer, Missing
from ._exercise import Exercise, Goal
from ._goals import document, hears
from ._sandbox import CALLER, HOST, START, calling, publish

if TYPE_CHECKING:
    from ..api import Call

_ENTERS = 10  # seconds after the patients
_PATIENTS = ("client:ada", "client:bob")
_DOCTOR = "client:doctor"
_CALLS_OUT = 'wait 3; say "Hello?"; ' * 6 + "wait 100; hang up"
_GREETS = 'wait 2; say "Good morning."; wait 15; hang up'


class _Surgery:
    """A world in which two patients are called, and ten seconds later their doctor, who stays for a while."""

    def __init__(self, answer: Answer) -> None:
        self._documents = {name: answer.document(name) for name in ("patient", "doctor")}
        self._world = Simulator()
        self._calls = Client(simulator=self._world)
        self.patients = [self._call(who, "patient", _CALLS_OUT) for who in _PATIENTS]
        self._world.advance(_ENTERS)
        before = self._words_heard()
        self._call(_DOCTOR, "doctor", _GREETS)
        self._world.advance(_ENTERS)
        self.begins_before, self.begins_with = before > 0, self._words_heard() > before
        self._world.run()

    def _call(self, who: str, document: str, script: str) -> Call:
        self._world.phones[who] = f"answer; {script}"
        twiml = self._documents[document]
        return self._calls.calls.create(to=who, from_=CALLER, twiml=twiml, time_limit=300)

    def _words_heard(self) -> int:
        """How often a patient has heard somebody else, which nobody does before a conference begins."""
        rooms = list(self._calls.conferences)
        if len(rooms) > 1:
            raise Missing("They are not all in one room.", hint="A room is known by its name.")
        if not rooms:
            raise Missing("Nobody is in a conference.", hint="`<Dial>` may hold a `<Conference>`.")
        return sum(event.kind == "heard" for event in self.patients[0].timeline)


def _waits_for_the_doctor(answer: Answer) -> None:
    if _Surgery(answer).begins_before:
        raise Missing(
            "The conference begins without the doctor.",
            hint="See the attribute `startConferenceOnEnter`.",
        )


def _begins_with_the_doctor(answer: Answer) -> None:
    if not _Surgery(answer).begins_with:
        raise Missing(
            "The doctor is there, and the conference has not begun.",
            hint="Somebody must start it: `startConferenceOnEnter` is true unless you say otherwise.",
        )


def _ends_with_the_doctor(answer: Answer) -> None:
    stayed = max(call.fetch().duration or 0 for call in _Surgery(answer).patients)
    if stayed >= 60:
        raise Missing(
            "The doctor has gone, and the patients are still there.",
            hint="See the attribute `endConferenceOnExit`.",
        )


_QUEUE = f'<Response><Enqueue waitUrl="{HOST}/wait" action="{HOST}/out">orders</Enqueue></Response>'
_PATIENCE = 30  # seconds
_WAITS = "answer; wait 120; hang up"
_HINT = "`def waiting(request): …`, which returns TwiML."


def _function(answer: Answer) -> object:
    return answer.callable("waiting", "a function", hint=_HINT)


def _enqueue(answer: Answer, world: Simulator) -> str:
    world.webhook(START)(lambda: _QUEUE)
    world.webhook(f"{HOST}/wait")(answer.callable("waiting", "a function", hint=_HINT))
    publish(world, {"out": "<Say>Please call again.</Say>"})
    return START


def _behind_another(answer: Answer, world: Simulator) -> str:
    url = _enqueue(answer, world)
    world.phones["client:first"] = _WAITS
    Client(simulator=world).calls.create(to="client:first", from_=CALLER, url=url, time_limit=300)
    world.advance(5)
    return url


_ALONE, _SECOND = calling(_enqueue), calling(_behind_another)


def _is_let_out(answer: Answer) -> None:
    made = _ALONE(answer, _WAITS)
    joined = next(event.at for event in made.timeline if event.kind == "joined")
    out = next((each for each in made.webhooks if each.url.endswith("/out")), None)
    if out is None or out.parameters.get("QueueResult") != "leave":
        raise Missing(
            "A caller is still there after two minutes.", hint="`<Leave/>` ends the waiting."
        )
    if out.at - joined < _PATIENCE:
        raise Missing(
            f"A caller is sent away after {out.at - joined:.0f} s.",
            hint="`QueueTime` says how long somebody has waited.",
        )


EXERCISES = (
    Exercise(
        "the-doctor-is-in",
        "The doctor is in",
        "Write two documents, `patient` and `doctor`, each in a cell of its own. Whoever runs them is in the same "
        "conference. It does not begin before the doctor is there, however many patients wait, and it is over for all "
        "when the doctor goes.",
        (
            document("patient"),
            document("doctor"),
            Goal("patients wait for the doctor", _waits_for_the_doctor),
            Goal("with the doctor the conference begins", _begins_with_the_doctor),
            Goal("when the doctor goes it is over", _ends_with_the_doctor),
        ),
    ),
    Exercise(
        "not-for-ever",
        "Not for ever",
        "Callers wait in a queue, and your function `waiting(request)` is asked again and again what they hear. Tell "
        "them their place (`QueuePosition`): “You are number 1”. Whoever has waited for thirty seconds or more "
        "(`QueueTime`) is let out.",
        (
            Goal("a function called `waiting`", _function),
            hears(_ALONE, "number 1", phone=_WAITS, who="the only caller"),
            hears(_SECOND, "number 2", phone=_WAITS, who="the second caller"),
            Goal("after thirty seconds, and not before, a caller is let out", _is_let_out),
        ),
    ),
)
