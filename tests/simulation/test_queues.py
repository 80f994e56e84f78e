"""Queues: calls wait in order, agents take them, and applications are told how each one left."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import twilio_magic as tm
from tests.calls import FROM, Place, heard, kinds, told

IVR = "https://ivr.example.com"
PHONES = {
    "ada": "+13105550001",
    "bob": "+13105550002",
    "cleo": "+13105550003",
    "ann": "+13105550011",
    "ben": "+13105550012",
}
STAYS = "answer; wait 300"
ENQUEUE = f'<Enqueue waitUrl="" action="{IVR}/out">support</Enqueue><Say>Next.</Say>'
DIAL = f'<Dial action="{IVR}/dialed"><Queue>support</Queue></Dial><Say>Next.</Say>'
WHISPER = DIAL.replace("<Queue>", f'<Queue url="{IVR}/whisper">')
#: What of a request the tables show.
SHOWN = ("QueueResult", "QueuePosition", "QueueTime", "DialCallStatus", "DialCallDuration")
SHOWN += ("DialBridged", "DequeueResult")


def enqueue(attributes: str, name: str = "support") -> str:
    return f'<Enqueue action="{IVR}/out" {attributes}>{name}</Enqueue><Say>Next.</Say>'


WAITS = enqueue(f'waitUrl="{IVR}/wait"')


@dataclass(frozen=True)
class Person:
    """Somebody on the phone from the moment *at*: called, and given *twiml*."""

    name: str
    at: float
    twiml: str
    phone: str = STAYS


@dataclass(frozen=True)
class Api:
    """What somebody does with the API at the moment *at*."""

    at: float
    does: Callable[[tm.Client, dict[str, tm.Call]], object]


Step = Person | Api


@pytest.fixture
def ivr(simulator: tm.Simulator) -> None:
    """The application behind the tables."""
    answers = {
        "out": "<Say>Out.</Say>",
        "dialed": "<Say>Done.</Say>",
        "wait": "<Say>Please wait.</Say><Pause length='8'/>",
        "whisper": "<Say>Here comes somebody who can help you with it.</Say>",
        "leave": "<Pause length='3'/><Leave/>",
        "hangup": "<Pause length='3'/><Hangup/>",
        "menu": f'<Gather action="{IVR}/left" numDigits="1" timeout="20"/>',
        "left": "<Leave/>",
        "redirect": f"<Pause length='4'/><Redirect>{IVR}/leave</Redirect>",
        "elsewhere": "<Say>Elsewhere.</Say>",
        "nothing": "",
    }
    for path, verbs in answers.items():
        simulator.webhook(f"{IVR}/{path}")(answering(verbs))
    simulator.webhook(f"{IVR}/broken")(lambda: ("", 500))


def answering(verbs: str) -> Callable[[], str]:
    return lambda: f"<Response>{verbs}</Response>"


def play(simulator: tm.Simulator, *steps: Step, seconds: float = 300) -> dict[str, tm.Call]:
    """Let everything happen at its moment; returns the calls by name."""
    client, calls, now = tm.Client(simulator=simulator), dict[str, tm.Call](), 0.0
    for step in steps:
        simulator.advance(step.at - now)
        now = step.at
        if isinstance(step, Api):
            step.does(client, calls)
            continue
        simulator.phones[PHONES[step.name]] = step.phone
        calls[step.name] = client.calls.create(
            to=PHONES[step.name], from_=FROM, twiml=f"<Response>{step.twiml}</Response>"
        )
    simulator.advance(seconds)
    return {name: call.fetch() for name, call in calls.items()}


def requests(calls: dict[str, tm.Call]) -> list[str]:
    """Every request of the *calls*, in the order in which they were made, as far as the tables show it."""
    made = [
        ((call.date_created, each.at), f"{name} {each.url.rpartition('/')[2]}{_shown(each)}")
        for name, call in calls.items()
        for each in call.webhooks
    ]
    return [line for _, line in sorted(made, key=lambda row: row[0][0].timestamp() + row[0][1])]


def _shown(each: tm.Exchange) -> str:
    shown = (each.parameters[name] for name in SHOWN if name in each.parameters)
    return "".join(f" {value}" for value in shown)


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


ADA = Person("ada", 0, ENQUEUE)
BOB = Person("bob", 2, ENQUEUE)

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
            "ann dialed no-answer false timeout",
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
@pytest.mark.usefixtures("ivr")
def test_applications_are_told(rule: str, simulator: tm.Simulator) -> None:
    """Each line is who, the last part of the address, and the parameters that tell of the queue."""
    steps, expected = SCENARIOS[rule]
    calls = play(simulator, *steps)

    assert requests(calls) == expected


@pytest.mark.usefixtures("ivr")
def test_without_an_action_the_next_verb_follows(simulator: tm.Simulator) -> None:
    waits, dials = ENQUEUE.replace(f'action="{IVR}/out"', ""), DIAL.replace(IVR, "")
    dials = dials.replace(' action="/dialed"', "")
    calls = play(simulator, Person("ada", 0, waits), Person("ann", 5, dials, "answer; press *"))
    leaves = f'<Enqueue waitUrl="{IVR}/leave">support</Enqueue><Say>Next.</Say>'
    left = play(tm.Simulator(), Person("bob", 0, enqueue("", name="")))["bob"]
    calls |= play(simulator, Person("bob", 0, leaves))

    assert heard(calls["bob"]) == ["Twilio: Next."]
    assert told(left, "failed")[0].startswith("14204: ")
    assert kinds(calls["ada"]).count("bridged") == 1


@pytest.mark.usefixtures("ivr")
def test_without_a_wait_url_there_is_music_until_somebody_comes(simulator: tm.Simulator) -> None:
    calls = play(
        simulator,
        Person("ada", 0, enqueue("")),
        Person("bob", 1, ENQUEUE),
        Person("ann", 10, DIAL, "answer; wait 5; hang up"),
        Person("ben", 12, DIAL, "answer; wait 5; hang up"),
    )
    (music,) = (event for event in calls["ada"].timeline if event.kind == "played")

    assert music.text == "Twilio's hold music (cut off)"
    assert music.data["seconds"] == 10
    assert told(calls["bob"], "played") == []


@pytest.mark.usefixtures("ivr")
def test_the_wait_document_is_told_how_long_the_queue_is(simulator: tm.Simulator) -> None:
    """The average is that of the calls that wait now: ada 8 seconds, bob none."""
    with_room = enqueue(f'waitUrl="{IVR}/wait" maxQueueSize="20"')
    calls = play(simulator, Person("ada", 0, with_room), Person("bob", 8, with_room))
    asked = next(each for each in calls["bob"].webhooks if each.url == f"{IVR}/wait")
    shown = {name: asked.parameters[name] for name in ("AvgQueueTime", "CurrentQueueSize")}

    assert shown == {"AvgQueueTime": "4", "CurrentQueueSize": "2"}
    assert asked.parameters["MaxQueueSize"] == "20"
    assert asked.parameters["QueueSid"].startswith("QU")
    assert asked.parameters["CallStatus"] == "in-progress"


@pytest.mark.usefixtures("ivr")
def test_a_wait_document_without_any_time_in_it_is_asked_for_once_a_second(
    simulator: tm.Simulator,
) -> None:
    calls = play(
        simulator,
        Person("ada", 0, enqueue(f'waitUrl="{IVR}/nothing"'), "answer; wait 4.5; hang up"),
    )

    assert requests(calls) == [f"ada nothing 1 {second}" for second in range(5)] + [
        "ada out hangup 5"
    ]


@pytest.mark.usefixtures("ivr")
def test_verbs_that_do_not_work_in_a_queue_are_told_and_left_out(simulator: tm.Simulator) -> None:
    simulator.webhook(f"{IVR}/dials")(answering("<Dial>+13105559999</Dial><Leave/>"))
    call = play(simulator, Person("ada", 0, enqueue(f'waitUrl="{IVR}/dials"')))["ada"]

    assert "dialed" not in kinds(call)
    assert requests({"ada": call})[-1] == "ada out leave 0"


def test_leave_outside_a_queue_does_nothing_and_says_so(place: Place) -> None:
    call = place("<Leave/><Say>Still here.</Say>")

    assert told(call, "warned") == ["<Leave> does nothing: the call is in no queue"]
    assert heard(call) == ["Twilio: Still here."]


@pytest.mark.parametrize(
    ("twiml", "failure"),
    [
        (enqueue('waitUrl=""', name=""), "14204: "),
        (enqueue('waitUrl=""', name="x" * 65), "14205: "),
        (enqueue('waitUrl="/relative"'), "15004: "),
    ],
)
@pytest.mark.usefixtures("ivr")
def test_an_enqueue_with_a_mistake_in_it_is_an_error_and_there_is_no_queue(
    simulator: tm.Simulator, twiml: str, failure: str
) -> None:
    call = play(simulator, Person("ada", 0, twiml))["ada"]
    told_to_action = call.webhooks[-1].parameters

    assert told(call, "failed")[0].startswith(failure)
    assert told_to_action["QueueResult"] == "error"
    assert "QueueSid" not in told_to_action


@pytest.mark.usefixtures("ivr")
def test_a_workflow_finds_nobody_and_the_call_waits_under_its_name(simulator: tm.Simulator) -> None:
    workflow = "WW" + "0" * 32
    task = '<Task priority="5">{"language": "es"}</Task>'
    waits = f'<Enqueue workflowSid="{workflow}" waitUrl="">{task}</Enqueue>'
    dial = DIAL.replace("support", workflow)
    calls = play(
        simulator, Person("ada", 0, waits), Person("ann", 5, dial, "answer; wait 3; hang up")
    )
    (joined,) = (event for event in calls["ada"].timeline if event.kind == "joined")

    assert joined.data["task"] == {"workflow": workflow, "attributes": {"language": "es"}}
    assert [text.partition(":")[0] for text in told(calls["ada"], "not simulated")] == [
        "TaskRouter",
        "priority of <Task> (line 1)",
    ]
    assert "bridged" in kinds(calls["ada"])


@pytest.mark.usefixtures("ivr")
def test_the_two_hear_each_other_and_can_be_recorded(simulator: tm.Simulator) -> None:
    recorded = DIAL.replace("<Dial", '<Dial record="record-from-answer-dual"')
    calls = play(
        simulator,
        Person(
            "ada", 0, ENQUEUE, 'answer; hear "help you"; say "My order is late."; wait 5; hang up'
        ),
        Person(
            "ann", 5, recorded, 'answer; wait 2; say "How can I help you?"; hear "order"; wait 60'
        ),
    )
    action = next(each for each in calls["ann"].webhooks if each.url == f"{IVR}/dialed")

    assert heard(calls["ada"]) == [
        f"{PHONES['ann']}: How can I help you?",
        f"{PHONES['ada']}: My order is late.",
    ]
    assert action.parameters["RecordingUrl"]
    assert action.parameters["DialCallSid"] == calls["ada"].sid


@pytest.mark.usefixtures("ivr")
def test_the_agent_hears_ringing_while_nobody_is_there(simulator: tm.Simulator) -> None:
    tm.Client(simulator=simulator).queues.create(friendly_name="support")
    call = play(
        simulator, Person("ann", 0, DIAL.replace("<Dial", '<Dial timeout="12" ringTone="it"'))
    )["ann"]
    (ringing,) = (event for event in call.timeline if event.kind == "played")

    assert (ringing.text, ringing.data["seconds"]) == ("ringing (it)", 12)
    assert told(call, "timed out") == ["nobody came to the queue 'support'"]


@pytest.mark.usefixtures("ivr")
def test_who_takes_a_call_by_a_reservation_is_told_that_there_are_none(
    simulator: tm.Simulator,
) -> None:
    reserved = DIAL.replace("<Queue>", f'<Queue reservationSid="WR{"0" * 32}">')
    call = play(simulator, Person("ann", 0, reserved))["ann"]

    assert told(call, "not simulated") == ["reservationSid of <Queue> (line 1)"]


@pytest.mark.usefixtures("ivr")
def test_a_webhook_may_take_another_call_out_of_the_queue_that_it_dials(
    simulator: tm.Simulator,
) -> None:
    """Its agent gets the next one. All of this is at one moment, and shown in the order of the calls."""
    client = tm.Client(simulator=simulator)

    @simulator.webhook(f"{IVR}/skips")
    def skips() -> str:
        (queue,) = client.queues.list()
        queue.members.update("Front", url=f"{IVR}/elsewhere")
        return f"<Response>{DIAL}</Response>"

    agent = Person("ann", 10, f"<Redirect>{IVR}/skips</Redirect>", "answer; wait 9; hang up")
    calls = play(simulator, ADA, BOB, agent)

    assert requests(calls) == [
        "ada out redirected 10",
        "ada elsewhere",
        "ann skips",
        "bob out bridged 8",
        "ann dialed 8 completed 9 true bridged",
    ]


PEOPLE = st.lists(
    st.tuples(
        st.integers(0, 30),
        st.sampled_from([ENQUEUE, WAITS, DIAL, WHISPER, enqueue(f'waitUrl="{IVR}/leave"')]),
        st.integers(0, 40),
    ),
    max_size=8,
)


@settings(max_examples=25, deadline=None)
@given(PEOPLE, st.lists(st.integers(0, 70), max_size=3))
def test_whatever_happens_nobody_is_left_in_a_queue_and_every_talk_has_two_sides(
    people: list[tuple[int, str, int]], dequeued: list[int]
) -> None:
    """Nor does it happen otherwise the second time."""
    first, second = (_crowd(people, dequeued) for _ in range(2))

    assert first == second
    sizes, talks, statuses = first
    assert set(sizes) <= {0}
    assert all(count == 2 for count in talks.values())
    assert set(statuses) <= {"completed"}


def _crowd(
    people: list[tuple[int, str, int]], dequeued: list[int]
) -> tuple[list[int], dict[str, int], list[str]]:
    """Everybody calls and hangs up in the end; returns the sizes of the queues, the ends of talks, and the statuses."""
    simulator = tm.Simulator(seed=3)
    for path, verbs in {"wait": "<Pause length='3'/>", "leave": "<Pause/><Leave/>"}.items():
        simulator.webhook(f"{IVR}/{path}")(answering(verbs))
    for path in ("out", "dialed", "whisper", "elsewhere"):
        simulator.webhook(f"{IVR}/{path}")(answering("<Pause length='2'/>"))
    client, calls = tm.Client(simulator=simulator), list[tm.Call]()
    steps = [(at, index) for index, (at, _, _) in enumerate(people)] + [(at, -1) for at in dequeued]
    now = 0
    for at, index in sorted(steps):
        simulator.advance(at - now)
        now = at
        if index < 0:
            for queue in client.queues.list():
                if queue.current_size:
                    queue.members.update("Front", url=f"{IVR}/elsewhere")
            continue
        _, twiml, seconds = people[index]
        to = f"+131055501{index:02}"
        simulator.phones[to] = f"answer; wait {seconds}; hang up"
        calls.append(client.calls.create(to=to, from_=FROM, twiml=f"<Response>{twiml}</Response>"))
    simulator.run()
    talks: dict[str, int] = {}
    for call in (call.fetch() for call in calls):
        for event in call.timeline:
            if event.kind == "bridged":
                moment = f"{call.date_created.timestamp() + event.at:.3f}"
                pair = " ".join(sorted((call.sid, event.data["call"])))
                talks[f"{moment} {pair}"] = talks.get(f"{moment} {pair}", 0) + 1
    return (
        [queue.current_size for queue in client.queues.list()],
        talks,
        [c.fetch().status for c in calls],
    )
