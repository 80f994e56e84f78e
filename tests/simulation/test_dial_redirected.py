"""Dial: what the API and webhooks do to its legs while it runs: redirects, hang-ups, deletions, transfers."""

from __future__ import annotations

from collections.abc import Callable

import pytest

import twilio_magic as tm
from tests.calls import FROM, TO, heard, told
from tests.parties import ACTION, ANN, BOB, IVR, Dial, after, asked, children, story

STATUS, NEXT, WHISPER = f"{IVR}/status", f"{IVR}/next", f"{IVR}/whisper"
ALL = 'statusCallbackEvent="initiated ringing answered completed"'
DIAL = f'<Dial action="{ACTION}"><Number statusCallback="{STATUS}" {ALL}>{ANN}</Number></Dial>'
SAY = "<Response><Say>Something else.</Say></Response>"

Act = Callable[[tm.Call], object]


@pytest.fixture
def talking(client: tm.Client, simulator: tm.Simulator) -> Callable[..., tm.Call]:
    """A call whose Dial has connected the caller with Ann for four seconds."""
    simulator.webhook(ACTION)(lambda: "<Response><Say>Afterwards.</Say></Response>")
    simulator.webhook(STATUS)(lambda: "")

    def begin(twiml: str = DIAL, seconds: float = 10, ann: str = "ring 1; answer") -> tm.Call:
        simulator.phones[TO], simulator.phones[ANN] = "answer", ann
        call = client.calls.create(
            to=TO, from_=FROM, time_limit=120, twiml=f"<Response>{twiml}</Response>"
        )
        simulator.advance(seconds)
        return call

    return begin


def test_a_redirected_caller_leaves_and_the_called_leg_is_hung_up(
    talking: Callable[..., tm.Call], client: tm.Client
) -> None:
    """The action is asked before, and its answer is dropped. Source: TwiML changelog, 2021-05-13."""
    call = talking()
    call.update(twiml=SAY)
    call.wait()

    assert heard(call) == ["Twilio: Something else."]
    assert [child.status for child in children(call, client)] == ["completed"]
    assert after(call) == {
        "DialCallStatus": "completed",
        "DialBridged": "true",
        "DialCallDuration": "7",
    }
    assert asked(call, "action")[0]["CallStatus"] == "in-progress"


@pytest.mark.parametrize("seconds", [2.5, 3.5, 10])
def test_a_redirected_caller_tells_the_action_what_became_of_the_called_leg(
    talking: Callable[..., tm.Call], client: tm.Client, seconds: float
) -> None:
    call = talking(seconds=seconds, ann="ring 4; answer")
    call.update(twiml=SAY)
    call.wait()
    (child,) = children(call, client)

    assert after(call)["DialCallStatus"] == child.status
    assert child.status == ("canceled" if seconds < 5 else "completed")
    assert ("DialCallDuration" in after(call)) is (seconds > 5)


NEXT = f"{IVR}/next"


@pytest.mark.parametrize(
    ("behind", "requested"),
    [
        (f"<Redirect>{NEXT}</Redirect>", ["POST"]),
        (f'<Redirect method="GET">{NEXT}</Redirect><Say>Never heard.</Say>', ["GET"]),
        (f"<Say>Never heard.</Say><Redirect>{NEXT}</Redirect>", []),
        ("", []),
    ],
)
@pytest.mark.parametrize(
    "dial", [f"<Dial>{ANN}</Dial>", "<Dial><Conference>room</Conference></Dial>"]
)
def test_without_an_action_the_redirect_behind_the_dial_is_requested(
    talking: Callable[..., tm.Call],
    simulator: tm.Simulator,
    dial: str,
    behind: str,
    requested: list[str],
) -> None:
    simulator.webhook(NEXT)(lambda: "<Response><Say>Never heard.</Say></Response>")
    call = talking(f"{dial}{behind}")
    call.update(twiml=SAY)
    call.wait()

    assert [each.method for each in call.webhooks if each.purpose == "redirect"] == requested
    assert heard(call) == ["Twilio: Something else."]


def test_the_action_of_a_redirected_dial_may_end_the_call(
    talking: Callable[..., tm.Call], client: tm.Client, simulator: tm.Simulator
) -> None:
    @simulator.webhook(ACTION)
    def action(told: dict[str, str]) -> str:
        client.calls.update(told["CallSid"], status="completed")
        return ""

    call = talking()
    call.update(twiml=SAY)
    call.wait()

    assert (call.status, heard(call)) == ("completed", [])


def test_a_redirected_called_leg_goes_its_own_way_and_the_dial_ends(
    talking: Callable[..., tm.Call], client: tm.Client, simulator: tm.Simulator
) -> None:
    """Facts: the action is told no DialCallDuration."""
    call = talking()
    (child,) = children(call, client)
    child.update(twiml="<Response><Pause length='20'/><Say>Still here.</Say></Response>")
    call.wait()
    status = child.fetch().status
    simulator.run()

    assert after(call) == {"DialCallStatus": "completed", "DialBridged": "true"}
    assert heard(call)[0] == "Twilio: Afterwards."
    assert status == "in-progress"
    assert heard(child) == ["Twilio: Still here."]
    assert child.fetch().status == "completed"


@pytest.mark.parametrize(
    ("noun", "wait"),
    [(f'<Number url="{WHISPER}">', 8), ('<Number sendDigits="WWWWWWWW">', 8)],
    ids=["whisper", "sendDigits"],
)
def test_a_called_leg_that_is_redirected_before_it_is_connected_leaves_too(
    talking: Callable[..., tm.Call],
    client: tm.Client,
    simulator: tm.Simulator,
    noun: str,
    wait: int,
) -> None:
    simulator.webhook(WHISPER)(
        lambda: (
            "<Response><Say>A very long whisper, with many words that nobody listens to.</Say></Response>"
        )
    )
    call = talking(f'<Dial action="{ACTION}">{noun}{ANN}</Number></Dial>', wait - 3)
    (child,) = children(call, client)
    child.update(twiml=SAY)
    simulator.run()

    assert after(call) == {"DialCallStatus": "completed", "DialBridged": "false"}
    assert heard(child)[-1] == "Twilio: Something else."


@pytest.mark.parametrize(
    ("seconds", "status"),
    [
        (2.5, "completed"),
        (3.5, "completed"),
        (10, "completed"),
        (2.5, "canceled"),
        (3.5, "canceled"),
    ],
)
def test_a_called_leg_can_be_hung_up_by_the_api(
    talking: Callable[..., tm.Call], client: tm.Client, seconds: float, status: str
) -> None:
    call = talking(seconds=seconds, ann="ring 4; answer")
    (child,) = children(call, client)
    child.update(status=status)
    call.wait()
    ended = "canceled" if seconds < 5 else "completed"

    assert child.fetch().status == ended
    assert after(call)["DialCallStatus"] == ended
    assert heard(call) == ["Twilio: Afterwards."]


@pytest.mark.parametrize("seconds", [2.5, 3.5, 10])
def test_a_caller_can_be_hung_up_by_the_api(
    talking: Callable[..., tm.Call], client: tm.Client, seconds: float
) -> None:
    call = talking(seconds=seconds, ann="ring 4; answer")
    call.hang_up()
    call.wait()

    assert call.status == "completed"
    assert [child.status for child in children(call, client)] == [
        "canceled" if seconds < 5 else "completed"
    ]
    assert after(call)["DialBridged"] == ("false" if seconds < 5 else "true")


@pytest.mark.parametrize("who", ["caller", "called"])
@pytest.mark.parametrize("seconds", [0.5, 1.5, 2.5, 3.5, 4, 4.5, 6, 7, 7.5, 9, 12])
def test_either_side_may_hang_up_at_any_moment(
    dial: Dial, client: tm.Client, simulator: tm.Simulator, who: str, seconds: float
) -> None:
    """While it is dialed, rings, is whispered to, talks: every leg ends, and no later than its parent."""
    simulator.webhook(WHISPER)(lambda: "<Response><Say>A call for you, Ann.</Say></Response>")
    hangs_up = f"answer; wait {seconds}; hang up"
    phones = {TO: hangs_up if who == "caller" else "answer", ANN: "ring 3; answer"}
    if who == "called":
        phones[ANN] = f"ring 1; {hangs_up}"
    call = dial(f'<Dial action="{ACTION}"><Number url="{WHISPER}">{ANN}</Number></Dial>', phones)
    (child,) = children(call, client)

    assert call.is_over
    assert child.is_over
    assert child.status == ("canceled" if who == "caller" and seconds <= 4 else "completed")
    assert after(call)["DialCallStatus"] == child.status
    assert [kind for _, kind in story(call, "bridged", "left")] in (
        [],
        ["bridged"] * 2 + ["left"] * 2,
    )


def on(simulator: tm.Simulator, status: str, act: Callable[[dict[str, str]], object]) -> None:
    """When the called leg reports *status*, its application does *act*, which may use the API."""

    @simulator.webhook(STATUS)
    def report(parameters: dict[str, str]) -> str:
        if parameters["CallStatus"] == status:
            act(parameters)
        return ""


STATUSES = ["initiated", "ringing", "in-progress"]


@pytest.mark.parametrize("status", STATUSES)
def test_a_status_callback_of_the_called_leg_may_hang_up_the_caller(
    dial: Dial, client: tm.Client, simulator: tm.Simulator, status: str
) -> None:
    on(
        simulator,
        status,
        lambda told: client.calls.update(told["ParentCallSid"], status="completed"),
    )
    call = dial(DIAL)
    (child,) = children(call, client)

    assert call.status == "completed"
    assert child.status == ("completed" if status == "in-progress" else "canceled")
    assert "bridged" not in {event.kind for event in call.timeline} or status == "in-progress"


@pytest.mark.parametrize("status", STATUSES)
def test_a_status_callback_may_hang_up_its_own_leg(
    dial: Dial, client: tm.Client, simulator: tm.Simulator, status: str
) -> None:
    on(simulator, status, lambda told: client.calls.update(told["CallSid"], status="completed"))
    call = dial(DIAL)

    assert after(call)["DialCallStatus"] == ("completed" if status == "in-progress" else "canceled")
    assert after(call)["DialBridged"] == "false"
    assert heard(call) == ["Twilio: Afterwards."]


def test_a_status_callback_may_redirect_its_own_leg(
    dial: Dial, client: tm.Client, simulator: tm.Simulator
) -> None:
    on(simulator, "in-progress", lambda told: client.calls.update(told["CallSid"], twiml=SAY))
    call = dial(DIAL)
    (child,) = children(call, client)

    assert after(call) == {"DialCallStatus": "completed", "DialBridged": "false"}
    assert heard(child) == ["Twilio: Something else."]


@pytest.mark.parametrize("whose", ["CallSid", "ParentCallSid"])
def test_with_answer_on_bridge_a_status_callback_may_hang_up_either_leg_as_it_is_answered(
    simulator: tm.Simulator, client: tm.Client, whose: str
) -> None:
    """The caller's own call still rings then, and ends unanswered, or goes on with the action."""
    simulator.numbers[FROM].voice_url = f"{IVR}/voice"
    simulator.webhook(f"{IVR}/voice")(
        lambda: (
            f'<Response><Dial answerOnBridge="true" action="{ACTION}">'
            f'<Number statusCallback="{STATUS}" {ALL}>{ANN}</Number></Dial></Response>'
        )
    )
    simulator.webhook(ACTION)(lambda: SAY)
    on(simulator, "in-progress", lambda told: client.calls.update(told[whose], status="completed"))
    simulator.phones[ANN] = "answer"
    call = simulator.receive(TO, FROM).wait()
    simulator.run()

    assert call.status == ("no-answer" if whose == "ParentCallSid" else "completed")
    assert [child.status for child in children(call, client)] == ["completed"]


def test_a_machine_that_answers_is_hung_up_by_the_detections_callback(
    dial: Dial, client: tm.Client, simulator: tm.Simulator
) -> None:
    @simulator.webhook(f"{IVR}/amd")
    def detected(parameters: dict[str, str]) -> str:
        if parameters["AnsweredBy"] != "human":
            client.calls.update(parameters["CallSid"], status="completed")
        return ""

    number = f'<Number machineDetection="Enable" amdStatusCallback="{IVR}/amd">{ANN}</Number>'
    call = dial(
        f'<Dial action="{ACTION}">{number}</Dial>',
        {ANN: 'machine "You have reached the voicemail of Ann, please leave a message."'},
    )

    assert heard(call)[-1] == "Twilio: Afterwards."
    assert "by the API" in told(call, "hung up")


def test_a_cold_transfer_moves_the_caller_to_somebody_else(
    talking: Callable[..., tm.Call], client: tm.Client, simulator: tm.Simulator
) -> None:
    call = talking()
    simulator.phones[BOB] = "answer; say 'Bob here.'; hang up"
    call.update(twiml=f"<Response><Dial>{BOB}</Dial></Response>")
    call.wait()

    assert [(child.to, child.status) for child in children(call, client)] == [
        (ANN, "completed"),
        (BOB, "completed"),
    ]
    assert heard(call) == [f"{BOB}: Bob here."]


def test_the_called_party_may_be_moved_to_somebody_else_while_the_caller_goes_on(
    talking: Callable[..., tm.Call], client: tm.Client, simulator: tm.Simulator
) -> None:
    call = talking(ann="ring 1; answer; say 'Ann here.'; hear 'Bob here'; hang up")
    simulator.phones[BOB] = "answer; say 'Bob here.'"
    (ann,) = children(call, client)
    ann.update(twiml=f"<Response><Dial callerId='{FROM}'>{BOB}</Dial></Response>")
    simulator.run()
    (bob,) = children(ann, client)

    assert (bob.to, bob.parent_call_sid, bob.status) == (BOB, ann.sid, "completed")
    assert heard(call) == [
        f"{ANN}: Ann here.",
        "Twilio: Afterwards.",
        f"{BOB}: Bob here.",
    ]
    simulator.phones.check()


def test_a_webhook_may_place_another_call_while_a_dial_runs(
    dial: Dial, client: tm.Client, simulator: tm.Simulator
) -> None:
    made: list[tm.Call] = []
    on(
        simulator,
        "in-progress",
        lambda _: made.append(client.calls.create(to=BOB, from_=FROM, twiml=SAY)),
    )
    call = dial(DIAL, {ANN: "answer; wait 2; hang up"})
    (other,) = made

    assert after(call)["DialCallStatus"] == "completed"
    assert heard(other.fetch()) == ["Twilio: Something else."]
    assert other.parent_call_sid is None


def test_an_action_may_redirect_to_another_dial(
    dial: Dial, client: tm.Client, simulator: tm.Simulator
) -> None:
    """Calls several people one after the other, by URL."""
    waiting = [BOB, ANN]

    @simulator.webhook(NEXT)
    def follow(parameters: dict[str, str]) -> str:
        if parameters.get("DialCallStatus") == "completed" or not waiting:
            return "<Response><Hangup/></Response>"
        return f'<Response><Dial action="{NEXT}">{waiting.pop()}</Dial></Response>'

    call = dial("", {ANN: "busy", BOB: "answer; wait 1; hang up"}, url=NEXT)

    assert [each.get("DialCallStatus") for each in asked(call, "action")] == ["busy", "completed"]
    assert [child.to for child in children(call, client)] == [ANN, BOB]


def test_a_caller_can_be_deleted_and_its_legs_stay(dial: Dial, client: tm.Client) -> None:
    call = dial(f"<Dial>{ANN}</Dial>", {ANN: "answer; hang up"})
    (child,) = children(call, client)
    sid = call.sid
    call.delete()

    assert client.calls.fetch(child.sid).parent_call_sid == sid
    assert [leg.to for leg in client.calls.list(parent_call_sid=sid)] == [ANN]
    with pytest.raises(tm.SimulatorError, match="There is no call"):
        _ = call.timeline


def test_a_called_leg_can_be_deleted_and_the_callers_story_stays(
    dial: Dial, client: tm.Client
) -> None:
    call = dial(f"<Dial>{ANN}</Dial>", {ANN: "answer; say 'Hi.'; hang up"})
    (child,) = children(call, client)
    child.delete()

    assert children(call, client) == []
    assert heard(call) == [f"{ANN}: Hi."]


def test_a_leg_of_a_dial_cannot_be_deleted_while_it_lives(
    talking: Callable[..., tm.Call], client: tm.Client
) -> None:
    (child,) = children(talking(), client)

    with pytest.raises(tm.ApiError, match="20009"):
        child.delete()


def test_a_phone_that_rings_cannot_be_given_other_twiml(
    talking: Callable[..., tm.Call], client: tm.Client
) -> None:
    call = talking(seconds=5, ann="ring 9; answer")
    (child,) = children(call, client)

    with pytest.raises(tm.ApiError, match="21220"):
        child.update(twiml=SAY)
