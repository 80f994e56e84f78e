"""Waiting in a queue, being taken out of it, and what both ends hear."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import twilio_magic as tm
from tests.calls import FROM, Place, heard, kinds, told
from tests.simulation.queues import (
    ADA,
    BOB,
    DIAL,
    ENQUEUE,
    IVR,
    PHONES,
    WAITS,
    WHISPER,
    Person,
    answering,
    enqueue,
    moment,
    mount,
    play,
    requests,
)


@pytest.fixture
def ivr(simulator: tm.Simulator) -> None:
    """The application behind the queues."""
    mount(simulator)


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


@pytest.mark.parametrize("method", ["", "GET"])
def test_a_redirect_in_a_wait_document_is_a_post_unless_it_says_otherwise(
    simulator: tm.Simulator, method: str
) -> None:
    says = f' method="{method}"' if method else ""
    simulator.mount(f"{IVR}/enter", f"<Response>{WAITS}</Response>")
    simulator.mount(f"{IVR}/wait", f"<Response><Redirect{says}>{IVR}/second</Redirect></Response>")
    simulator.mount(f"{IVR}/second", "<Response><Pause length='9'/></Response>")
    simulator.numbers[FROM].voice_url = f"{IVR}/enter"
    call = simulator.receive("+14155550100", FROM, phone="ring 5; hang up").wait()
    methods = {each.method for each in call.webhooks if f"{IVR}/second" in each.url}

    assert methods == {method or "POST"}


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
        (enqueue('waitUrl="/relative"'), "11100: "),
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
def test_the_agent_hears_ringing_while_the_caller_hears_the_whisper(
    simulator: tm.Simulator,
) -> None:
    agent = Person("ann", 5, WHISPER, "answer; wait 20; hang up")
    calls = play(simulator, ADA, agent)
    whisper = next(event for event in calls["ada"].timeline if event.kind == "said")
    (ringing,) = (event for event in calls["ann"].timeline if event.kind == "played")

    assert ringing.data["seconds"] == pytest.approx(whisper.data["seconds"], abs=0.001)
    assert "Here comes" not in str(calls["ann"].transcript)


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


@settings(max_examples=25)
@given(PEOPLE, st.lists(st.integers(0, 70), max_size=3))
def test_whatever_happens_nobody_is_left_in_a_queue_and_every_talk_has_two_sides(
    people: list[tuple[int, str, int]], dequeued: list[int]
) -> None:
    """Nor does it happen otherwise the second time."""
    first, second = (_crowd(people, dequeued) for _ in range(2))

    assert first == second
    sizes, talks, statuses, _ = first
    assert set(sizes) <= {0}
    assert all(count == 2 for count in talks.values())
    assert set(statuses) <= {"completed"}


def _crowd(
    people: list[tuple[int, str, int]], dequeued: list[int]
) -> tuple[list[int], Counter[tuple[object, ...]], list[str], list[str]]:
    """Everybody calls, and hangs up in the end.

    Returns the sizes of the queues, the ends of the talks, the statuses, and all that there is to tell.
    """
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
    ended = [call.fetch() for call in calls]
    talks = Counter(
        (moment(call, event.at), *sorted((call.sid, event.data["call"])))
        for call in ended
        for event in call.timeline
        if event.kind == "bridged"
    )
    sizes = [queue.current_size for queue in client.queues.list()]
    story = [f"{call.timeline}{[each.parameters for each in call.webhooks]}" for call in ended]
    return sizes, talks, [call.status for call in ended], story
