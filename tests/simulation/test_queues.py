"""Who is told what of a queue: one row a scenario, with every request that its calls make."""

from __future__ import annotations

import pytest

import twilio_magic as tm
from tests.calls import FROM, TO
from tests.simulation.queues import (
    ADA,
    BOB,
    DIAL,
    ENQUEUE,
    IVR,
    WAITS,
    WHISPER,
    Api,
    Person,
    Step,
    enqueue,
    mount,
    play,
    requests,
)


def by_api(at: float, **change: str) -> Api:
    """The API changes ada's call."""
    return Api(at, lambda _, calls: calls["ada"].update(**change))


def dequeue(at: float, who: str = "Front") -> Api:
    """The API takes *who* out of the only queue."""

    def does(client: tm.Client, calls: dict[str, tm.Call]) -> None:
        (queue,) = client.queues.list()
        sid = calls[who].sid if who in calls else who
        queue.members.update(sid, url=f"{IVR}/elsewhere")

    return Api(at, does)


SCENARIOS: dict[str, tuple[tuple[Step, ...], list[str]]] = {
    "an agent who hangs up ends the talk, and the caller goes on with the action": (
        (ADA, Person("ann", 10, DIAL, "answer; wait 20; hang up")),
        [
            "ada out bridged 10",
            "ann dialed 10 completed 20 true bridged",
        ],
    ),
    "a caller who hangs up ends the talk, and the agent goes on with the action": (
        (Person("ada", 0, ENQUEUE, "answer; wait 30; hang up"), Person("ann", 10, DIAL)),
        [
            "ada out bridged 10",
            "ann dialed 10 completed 20 true bridged",
        ],
    ),
    "who came first is served first, by whichever agent": (
        (
            ADA,
            BOB,
            Person("cleo", 4, ENQUEUE),
            Person("ann", 10, DIAL, "answer; wait 20; hang up"),
            Person("ben", 14, DIAL, "answer; wait 30; hang up"),
        ),
        [
            "ada out bridged 10",
            "ann dialed 10 completed 20 true bridged",
            "bob out bridged 12",
            "ben dialed 12 completed 30 true bridged",
        ],
    ),
    "agents who wait take the callers in the order in which the agents came": (
        (
            Api(0, lambda client, _: client.queues.create(friendly_name="support")),
            Person("ann", 0, DIAL, "answer; wait 40; hang up"),
            Person("ben", 5, DIAL, "answer; wait 40; hang up"),
            Person("ada", 10, WAITS),
            Person("bob", 20, WAITS),
        ),
        [
            "ann dialed 0 completed 30 true bridged",
            "ada out bridged 0",
            "ben dialed 0 completed 25 true bridged",
            "bob out bridged 0",
        ],
    ),
    "the wait document is asked for again each time it ends, with the place in the queue": (
        (
            Person("ada", 0, ENQUEUE, "answer; wait 12; hang up"),
            Person("bob", 0, WAITS, "answer; wait 40; hang up"),
        ),
        [
            "bob wait 2 0",
            "bob wait 2 9",
            "ada out hangup 12",
            "bob wait 1 18",
            "bob wait 1 28",
            "bob wait 1 37",
            "bob out hangup 40",
        ],
    ),
    "a caller gives up": (
        (Person("ada", 0, ENQUEUE, "answer; wait 7; hang up"),),
        [
            "ada out hangup 7",
        ],
    ),
    "the wait document hangs up": (
        (Person("ada", 0, enqueue(f'waitUrl="{IVR}/hangup"')),),
        [
            "ada hangup 1 0",
            "ada out hangup 3",
        ],
    ),
    "the API hangs up a call that waits": (
        (ADA, by_api(9, status="completed")),
        [
            "ada out hangup 8",
        ],
    ),
    "Leave in the wait document ends the Enqueue": (
        (Person("ada", 0, enqueue(f'waitUrl="{IVR}/leave"')),),
        [
            "ada leave 1 0",
            "ada out leave 3",
        ],
    ),
    "a key leads to Leave: what a Gather leads to still waits in the queue": (
        (Person("ada", 0, enqueue(f'waitUrl="{IVR}/menu"'), "answer; press 1; wait 9"),),
        [
            "ada menu 1 0",
            "ada left",
            "ada out leave 1",
        ],
    ),
    "a Redirect of the wait document stays in the queue": (
        (Person("ada", 0, enqueue(f'waitUrl="{IVR}/redirect"')),),
        [
            "ada redirect 1 0",
            "ada leave",
            "ada out leave 7",
        ],
    ),
    "a wait document that fails": (
        (Person("ada", 0, enqueue(f'waitUrl="{IVR}/broken"')),),
        [
            "ada broken 1 0",
            "ada out error 0",
        ],
    ),
    "a queue that is full": (
        (
            Api(0, lambda client, _: client.queues.create(friendly_name="support", max_size=1)),
            Person("ada", 0, ENQUEUE, "answer; wait 9; hang up"),
            BOB,
        ),
        [
            "bob out queue-full",
            "ada out hangup 9",
        ],
    ),
    "a queue with room for fewer, by the attribute": (
        (
            Person("ada", 0, ENQUEUE, "answer; wait 9; hang up"),
            Person("bob", 2, enqueue('waitUrl="" maxQueueSize="1"')),
        ),
        [
            "bob out queue-full",
            "ada out hangup 9",
        ],
    ),
    "the API gives the call other TwiML while it waits": (
        (ADA, by_api(9, url=f"{IVR}/elsewhere")),
        [
            "ada out redirected 8",
            "ada elsewhere",
        ],
    ),
    "the API dequeues the first": (
        (ADA, BOB, dequeue(9), dequeue(12)),
        [
            "ada out redirected 8",
            "ada elsewhere",
            "bob out redirected 9",
            "bob elsewhere",
        ],
    ),
    "the API dequeues the second": (
        (ADA, BOB, dequeue(9, "bob"), by_api(20, status="completed")),
        [
            "bob out redirected 6",
            "bob elsewhere",
            "ada out hangup 19",
        ],
    ),
    "the API takes away a caller who talks with an agent": (
        (ADA, Person("ann", 10, DIAL), by_api(20, url=f"{IVR}/elsewhere")),
        [
            "ada out redirected-from-bridged 10",
            "ada elsewhere",
            "ann dialed 10 completed 9 true bridged",
        ],
    ),
    "the API takes away the agent": (
        (
            ADA,
            Person("ann", 10, DIAL),
            Api(20, lambda _, calls: calls["ann"].update(url=f"{IVR}/elsewhere")),
        ),
        [
            "ada out bridged 10",
            "ann dialed 10 completed 9 true bridged",
            "ann elsewhere",
        ],
    ),
    "the caller hears the whisper before the two are connected": (
        (ADA, Person("ann", 10, WHISPER, "answer; wait 20; hang up")),
        [
            "ada whisper 10",
            "ada out bridged 10",
            "ann dialed 10 completed 16 true bridged",
        ],
    ),
    "the caller hangs up during the whisper": (
        (Person("ada", 0, ENQUEUE, "answer; wait 12; hang up"), Person("ann", 11, WHISPER)),
        [
            "ada whisper 11",
            "ada out bridging-in-process 11",
            "ann dialed 11 canceled false hangup",
        ],
    ),
    "the agent hangs up during the whisper": (
        (ADA, Person("ann", 11, WHISPER, "answer; wait 1; hang up")),
        [
            "ada whisper 11",
            "ada out bridging-in-process 11",
            "ann dialed 11 canceled false hangup",
        ],
    ),
    "the API takes away a caller who hears the whisper": (
        (ADA, Person("ann", 11, WHISPER), by_api(13, url=f"{IVR}/elsewhere")),
        [
            "ada whisper 11",
            "ada out redirected 11",
            "ada elsewhere",
            "ann dialed 11 canceled false hangup",
        ],
    ),
    "a whisper that fails changes nothing": (
        (ADA, Person("ann", 10, WHISPER.replace("whisper", "broken"), "answer; wait 5; hang up")),
        [
            "ada broken 10",
            "ada out bridged 10",
            "ann dialed 10 completed 5 true bridged",
        ],
    ),
    "nobody comes to an empty queue in time": (
        (
            Api(0, lambda client, _: client.queues.create(friendly_name="support")),
            Person("ann", 0, DIAL.replace("<Dial", '<Dial timeout="12"')),
        ),
        [
            "ann dialed no-answer false timeout",
        ],
    ),
    "an agent who waits for callers hangs up": (
        (
            Api(0, lambda client, _: client.queues.create(friendly_name="support")),
            Person("ann", 0, DIAL, "answer; wait 5; hang up"),
            Person("ada", 10, ENQUEUE, "answer; wait 5; hang up"),
        ),
        [
            "ann dialed canceled false hangup",
            "ada out hangup 5",
        ],
    ),
    "a queue that does not exist": (
        (Person("ann", 0, DIAL),),
        [
            "ann dialed failed false",
        ],
    ),
    "the star of the agent ends the talk, with hangupOnStar": (
        (
            ADA,
            Person(
                "ann",
                10,
                DIAL.replace("<Dial", '<Dial hangupOnStar="true"'),
                "answer; wait 6; press *",
            ),
        ),
        [
            "ada out bridged 10",
            "ann dialed 10 completed 6 true bridged",
        ],
    ),
    "the time limit of the Dial ends the talk": (
        (ADA, Person("ann", 10, DIAL.replace("<Dial", '<Dial timeLimit="15"'))),
        [
            "ada out bridged 10",
            "ann dialed 10 completed 15 true bridged",
        ],
    ),
}


@pytest.mark.parametrize("rule", SCENARIOS)
def test_applications_are_told(rule: str, simulator: tm.Simulator) -> None:
    """Each line is who, the last part of the address, and the parameters that tell of the queue."""
    mount(simulator)
    steps, expected = SCENARIOS[rule]
    calls = play(simulator, *steps)

    assert requests(calls) == expected


def test_a_wait_document_that_takes_no_time_is_requested_less_and_less_often(
    simulator: tm.Simulator,
) -> None:
    """Once a second for the first minute; who waits four hours is not worth 14,400 requests."""
    client = tm.Client(simulator=simulator)
    wait = simulator.host("<Response/>")
    twiml = f'<Response><Enqueue waitUrl="{wait}">q</Enqueue></Response>'
    call = client.calls.create(to=TO, from_=FROM, twiml=twiml).wait()
    at = [event.at for event in call.timeline if event.kind == "fetched"]
    told = [event for event in call.timeline if "less and less" in event.text]

    assert at[60] - at[0] == 60
    assert at[-1] - at[-2] == 60
    assert len(at) < 400
    assert len(told) == 1
