"""Dial: how each noun is called, and who may call it under which caller ID."""

from __future__ import annotations

import pytest

import twilio_magic as tm
from tests.calls import FROM, TO, Place, heard, told
from tests.parties import ACTION, ANN, BOB, IVR, Dial, after, asked, children, dialing, moments
from twilio_magic.simulation.world._account import Profile

APP, APP_URL, STATUS = "AP" + "f" * 32, f"{IVR}/app", f"{IVR}/status"
SENDER = f"whatsapp:{FROM}"
WHATSAPP = f'callerId="{SENDER}"'
SIM = "DE" + "a" * 32

NOUNS: dict[str, tuple[str, str, str, dict[str, str]]] = {
    # the attributes of Dial, what is inside: the address that is called, and what travels with the call
    "plain text": ("", "(415) 555-0101", ANN, {}),
    "Number": ("", f"<Number>{ANN}</Number>", ANN, {}),
    "a national number": ("", "<Number>415-555-0101</Number>", ANN, {}),
    "Client": ("", "<Client>ann</Client>", "client:ann", {}),
    "Client, Identity": (
        "",
        '<Client><Identity>ann</Identity><Parameter name="team" value="A &amp; B"/></Client>',
        "client:ann",
        {"team": "A & B"},
    ),
    "Client, query": ("", "<Client>ann?team=blue</Client>", "client:ann", {"team": "blue"}),
    "Sip": ("", "<Sip>sip:ann@example.com</Sip>", "sip:ann@example.com", {}),
    "Sip, headers in the query": (
        "",
        "<Sip>sip:ann@example.com;transport=tcp?x-team=blue&amp;x-desk=4</Sip>",
        "sip:ann@example.com",
        {"x-team": "blue", "x-desk": "4"},
    ),
    "Sip, Uri and Header": (
        "",
        '<Sip><Uri>sip:ann@example.com</Uri><Headers><Header name="X-Team" value="blue"/></Headers></Sip>',
        "sip:ann@example.com",
        {"X-Team": "blue"},
    ),
    "Sim": ("", f"<Sim>{SIM}</Sim>", f"sim:{SIM}", {}),
    "WhatsApp": (WHATSAPP, f"<WhatsApp>{ANN}</WhatsApp>", f"whatsapp:{ANN}", {}),
}  # fmt: skip


@pytest.mark.parametrize("row", NOUNS.values(), ids=NOUNS)
def test_a_noun_calls_the_address_that_it_names(
    dial: Dial, client: tm.Client, row: tuple[str, str, str, dict[str, str]]
) -> None:
    attributes, inside, address, carried = row
    call = dial(f"<Dial {attributes}>{inside}</Dial>", {address: "ring 1; answer; wait 2; hang up"})
    (child,) = children(call, client)
    dialing_event = next(event for event in child.timeline if event.kind == "dialing")

    assert (child.to, child.status, child.duration) == (address, "completed", 2)
    assert dialing_event.data.get("parameters", {}) == carried


CALLERS: dict[str, tuple[str, str, str, str, str]] = {
    # the caller of the parent, callerId, what is inside: the caller ID if lenient and if strict, or the error's code
    "the number that calls": (FROM, "", ANN, FROM, FROM),
    "another of the account": (FROM, BOB, ANN, BOB, BOB),
    "a verified one": (FROM, TO, ANN, TO, TO),
    "a stranger's": (FROM, "+14155559999", ANN, "+14155559999", "13214"),
    "in national form": (FROM, "(212) 555-1234", ANN, FROM, FROM),
    "a client's, to a number": ("client:joe", "", ANN, "13214", "13214"),
    "a client's, with a caller ID": ("client:joe", FROM, ANN, FROM, FROM),
    "a client's, to a client": ("client:joe", "", "<Client>ann</Client>", "client:joe", "client:joe"),
    "a name, to a client": (FROM, "client:desk", "<Client>ann</Client>", "client:desk", "client:desk"),
    "a name, to SIP": (FROM, "front.desk", "<Sip>sip:ann@example.com</Sip>", "front.desk", "front.desk"),
    "a name, to a number": (FROM, "front-desk", ANN, "13214", "13214"),
    "to WhatsApp": (FROM, "", f"<WhatsApp>{ANN}</WhatsApp>", "13247", "13247"),
    "whatsapp, to WhatsApp": (FROM, SENDER, f"<WhatsApp>{ANN}</WhatsApp>", SENDER, SENDER),
    "whatsapp, to a number": (FROM, SENDER, ANN, "13214", "13214"),
}  # fmt: skip


@pytest.mark.parametrize("profile", ["lenient", "strict"])
@pytest.mark.parametrize("row", CALLERS.values(), ids=CALLERS)
def test_a_caller_id_is_one_that_the_account_may_show(
    row: tuple[str, ...], profile: Profile
) -> None:
    caller, caller_id, inside, lenient, strict = row
    simulator = tm.Simulator(profile=profile)
    simulator.numbers[BOB].voice_url = f"{IVR}/voice"
    attribute = f'callerId="{caller_id}"' if caller_id else ""
    simulator.webhook(f"{IVR}/voice")(
        lambda: f'<Response><Dial action="{ACTION}" {attribute}>{inside}</Dial></Response>'
    )
    simulator.webhook(ACTION)(lambda: "<Response/>")
    simulator.phones["*"] = "answer; hang up"
    expected = lenient if profile == "lenient" else strict
    if caller.startswith("client:"):
        call = simulator.receive(caller, BOB).wait()
    else:
        call = tm.Client(simulator=simulator).calls.create(to=TO, from_=caller, url=f"{IVR}/voice")
        call.wait()
    made = children(call, tm.Client(simulator=simulator))

    if expected.isdigit():
        assert [text[:5] for text in told(call, "failed")] == [expected]
        assert after(call) == {"DialCallStatus": "failed", "DialBridged": "false"}
    else:
        assert [child.from_ for child in made] == [expected]


@pytest.mark.parametrize("profile", ["strict", "trial"])
@pytest.mark.parametrize("shown", ["", "+14155550177", BOB])
def test_an_inbound_call_may_always_be_forwarded_with_its_own_numbers(
    profile: Profile, shown: str
) -> None:
    simulator = tm.Simulator(profile=profile)
    simulator.numbers[BOB].voice_url = f"{IVR}/voice"
    simulator.webhook(f"{IVR}/voice")(
        lambda: (
            f"<Response><Dial {f'callerId={chr(34)}{shown}{chr(34)}' if shown else ''}>{TO}</Dial></Response>"
        )
    )
    simulator.phones[TO] = "answer; hang up"
    call = simulator.receive("+14155550177", BOB).wait()
    (child,) = children(call, tm.Client(simulator=simulator))

    assert child.from_ == (shown or "+14155550177")


def test_a_trial_account_dials_verified_numbers_only_and_for_ten_minutes() -> None:
    simulator = tm.Simulator(profile="trial")
    dial = dialing(simulator)
    refused = dial(f'<Dial action="{ACTION}"><Number>{ANN}</Number></Dial>')
    simulator.caller_ids[ANN]
    call = dial(f"<Dial><Number>{ANN}</Number></Dial>", time_limit=14400)
    client = dial("<Dial><Client>ann</Client></Dial>", {"client:ann": "answer; hang up"})

    assert told(refused, "failed") == [
        f"13224: {ANN} is not verified, and a trial account calls no other"
    ]
    assert after(refused)["DialCallStatus"] == "failed"
    assert call.duration == 600
    assert "bridged" in {event.kind for event in client.timeline}


@pytest.fixture
def app(client: tm.Client, simulator: tm.Simulator) -> str:
    """An application that asks for a key and for words."""
    simulator.webhook(APP_URL)(
        lambda: (
            f'<Response><Gather numDigits="1" action="{APP_URL}/key"><Say>Press a key.</Say></Gather></Response>'
        )
    )
    simulator.webhook(f"{APP_URL}/key")(
        lambda asked: (
            f"<Response><Say>You pressed {asked['Digits']}.</Say>"
            f'<Gather input="speech" speechTimeout="1" action="{APP_URL}/words"/></Response>'
        )
    )
    simulator.webhook(f"{APP_URL}/words")(
        lambda asked: f"<Response><Say>You said {asked['SpeechResult']}</Say></Response>"
    )
    return str(client.applications.create(voice_url=APP_URL).sid)


CALLER = "answer; press 7; say 'sales please'; hear 'you said sales'"


def test_an_application_talks_with_the_caller(
    dial: Dial, app: str, simulator: tm.Simulator
) -> None:
    call = dial(f'<Dial action="{ACTION}"><Application>{app}</Application></Dial>', {TO: CALLER})

    assert heard(call) == [
        "Twilio: Press a key.",
        f"{TO}: [presses 7]",
        "Twilio: You pressed 7.",
        f"{TO}: sales please",
        "Twilio: You said sales please",
        "Twilio: Afterwards.",
    ]
    assert after(call)["DialCallStatus"] == "completed"
    assert after(call)["DialBridged"] == "true"
    simulator.phones.check()


def test_the_legs_of_caller_and_application_each_tell_their_side(
    dial: Dial, app: str, client: tm.Client
) -> None:
    call = dial(f"<Dial><Application>{app}</Application></Dial>", {TO: CALLER})
    (leg,) = children(call, client)
    told_by_app = [
        (event.kind, event.data["speaker"])
        for event in leg.timeline
        if event.kind in ("pressed", "spoke")
    ]

    assert told_by_app == [("pressed", TO), ("spoke", TO)]
    assert heard(leg) == [line for line in heard(call) if line != "Twilio: Afterwards."]


TOLD: dict[str, tuple[str, dict[str, str]]] = {
    "its own sid": ("{app}", {"To": "{app}", "ApplicationSid": "{app}"}),
    "the number that was called": (
        "<ApplicationSid>{app}</ApplicationSid>",
        {"To": TO, "Called": TO, "ApplicationSid": "{app}"},
    ),
    "parameters": (
        '<ApplicationSid>{app}</ApplicationSid><Parameter name="Team" value="blue"/><Parameter name="n" value="4"/>',
        {"Param_Team": "blue", "Param_n": "4"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("row", TOLD.values(), ids=TOLD)
def test_an_application_is_told(dial: Dial, app: str, row: tuple[str, dict[str, str]]) -> None:
    inside, expected = row
    copies = 'copyParentTo="true"' if "Called" in expected else ""
    call = dial(f"<Dial><Application {copies}>{inside.format(app=app)}</Application></Dial>")
    (told_to,) = asked(call, "voice url")

    assert told_to["ParentCallSid"] == call.sid
    assert told_to["From"] == FROM
    assert expected.items() - {"ApplicationSid": "{app}", "To": "{app}"}.items() <= told_to.items()
    assert told_to["ApplicationSid"] == app


@pytest.mark.parametrize("has_no_url", [False, True])
def test_an_application_that_is_missing_or_has_no_voice_url_fails(
    dial: Dial, client: tm.Client, has_no_url: bool
) -> None:
    sid = str(client.applications.create(friendly_name="empty").sid) if has_no_url else APP
    call = dial(f'<Dial action="{ACTION}"><Application>{sid}</Application></Dial>')

    assert told(call, "failed")[0].startswith(f"{sid} is no application of the account")
    assert after(call)["DialCallStatus"] == "failed"


def test_an_application_may_hang_up_and_the_caller_stays(
    dial: Dial, client: tm.Client, simulator: tm.Simulator
) -> None:
    simulator.webhook(APP_URL)(lambda: "<Response><Say>Bye.</Say><Hangup/></Response>")
    sid = client.applications.create(voice_url=APP_URL).sid
    call = dial(f'<Dial action="{ACTION}"><Application>{sid}</Application></Dial>')

    assert heard(call) == ["Twilio: Bye.", "Twilio: Afterwards."]


def test_an_application_may_dial_on_and_all_hear_each_other(
    dial: Dial, client: tm.Client, simulator: tm.Simulator
) -> None:
    simulator.webhook(APP_URL)(lambda: f"<Response><Dial>{ANN}</Dial></Response>")
    sid = client.applications.create(voice_url=APP_URL).sid
    call = dial(
        f"<Dial><Application>{sid}</Application></Dial>",
        {
            TO: "answer; say 'Is that Ann?'; hear 'this is Ann'; hang up",
            ANN: "answer; hear 'is that Ann'; say 'Yes, this is Ann.'; wait 9",
        },
    )

    assert heard(call) == [f"{TO}: Is that Ann?", f"{ANN}: Yes, this is Ann."]
    assert [child.status for child in client.calls.list(status="completed")] == ["completed"] * 3
    simulator.phones.check()


def test_a_caller_who_hangs_up_ends_the_application(
    dial: Dial, app: str, client: tm.Client
) -> None:
    call = dial(f"<Dial><Application>{app}</Application></Dial>", {TO: "answer; wait 2; hang up"})

    assert [child.status for child in children(call, client)] == ["completed"]


def test_an_applications_own_status_callback_is_told_of_its_leg(
    dial: Dial, client: tm.Client, simulator: tm.Simulator
) -> None:
    simulator.webhook(APP_URL)(lambda: "<Response/>")
    sid = client.applications.create(voice_url=APP_URL, status_callback=STATUS).sid
    call = dial(f"<Dial><Application>{sid}</Application></Dial>")
    (report,) = asked(call, "status callback")

    assert (report["CallStatus"], report["To"]) == ("completed", sid)


@pytest.mark.parametrize("inside", [True, False])
def test_a_script_for_one_call_holds_for_the_legs_that_it_makes(
    simulator: tm.Simulator, client: tm.Client, inside: bool
) -> None:
    simulator.phones[ANN] = "answer; wait 1; hang up"
    twiml = f"<Response><Dial>{ANN}</Dial></Response>"
    with simulator.phones.during(ANN, "busy"):
        call = client.calls.create(to=TO, from_=FROM, twiml=twiml)
        if inside:
            call.wait()
    later = client.calls.create(to=TO, from_=FROM, twiml=twiml)

    assert [child.status for child in children(call.wait(), client)] == ["busy"]
    assert [child.status for child in children(later.wait(), client)] == ["completed"]


def test_what_travels_with_the_call_is_told_where_it_is_dialed(place: Place) -> None:
    call = place(
        '<Dial><Client><Identity>ann</Identity><Parameter name="team" value="blue"/></Client></Dial>',
        time_limit=30,
    )

    assert told(call, "dialing") == [TO, "client:ann (team=blue)"]
    assert moments(call, "bridged")


def test_a_second_uri_is_told_as_not_simulated(dial: Dial, client: tm.Client) -> None:
    call = dial(
        "<Dial><Sip><Uri>sip:ann@example.com</Uri><Uri>sip:ann@example.org</Uri></Sip></Dial>",
        {"sip:*": "busy"},
    )

    assert [child.to for child in children(call, client)] == ["sip:ann@example.com"]
    assert told(call, "not simulated") == ["<Uri> beside the first (line 1)"]


def test_what_a_uri_has_besides_its_address_is_told_as_not_simulated(dial: Dial) -> None:
    uri = '<Uri username="ann" priority="1">sip:ann@example.com</Uri>'
    call = dial(f"<Dial><Sip>{uri}</Sip></Dial>", {"sip:*": "busy"})

    assert told(call, "not simulated") == [
        "username of <Uri> (line 1)",
        "priority of <Uri> (line 1)",
    ]


def test_a_placeholder_is_told_in_a_call_that_comes_upon_it(place: Place) -> None:
    call = place("<Dial>${number}</Dial>")

    assert told(call, "warned") == ["${number} is a placeholder"]
    assert told(call, "failed")[0].startswith("13224: ")
