"""Text messages: sent by the API, by documents and as replies; from phones; and what applications are told."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.request_validator import RequestValidator
from twilio.rest import Client as Sdk
from twilio.twiml.messaging_response import MessagingResponse

import twilio_magic as tm
from tests.calls import FROM, TO, Place, told

OTHER = "+14155550123"
SMS, STATUS = "https://app.example.com/sms", "https://app.example.com/status"
SERVICE = "MG" + "0" * 32

Answer = Callable[[dict[str, str]], Any]


@pytest.fixture
def sdk(simulator: tm.Simulator) -> Iterator[Any]:
    """Twilio's own library, as an application has it."""
    with tm.mock_twilio(simulator):
        yield Sdk()


@pytest.fixture
def asked(simulator: tm.Simulator) -> list[dict[str, str]]:
    """What the application of the account's number was asked; it answers with an empty document."""
    seen: list[dict[str, str]] = []

    def reply(form: dict[str, str]) -> str:
        seen.append(form)
        return "<Response/>"

    answer(simulator, reply)
    return seen


@pytest.fixture
def reported(simulator: tm.Simulator) -> list[dict[str, str]]:
    """What the status callback was told."""
    seen: list[dict[str, str]] = []

    @simulator.webhook(STATUS)
    def report(form: Any) -> None:
        seen.append(dict(form))

    return seen


def answer(simulator: tm.Simulator, reply: Answer) -> None:
    """Let *reply* answer messages to the account's number."""
    simulator.numbers[FROM].sms_url = SMS
    simulator.webhook(SMS)(lambda form: reply(dict(form)))


def send(sdk: Any, body: str = "Hello.", **given: Any) -> Any:
    return sdk.messages.create(**{"to": TO, "from_": FROM, "body": body, **given})


def refusal(act: Callable[[], Any]) -> int:
    with pytest.raises(TwilioRestException) as refused:
        act()
    return int(refused.value.code)


def bodies(simulator: tm.Simulator) -> list[str]:
    return [message.body for message in simulator.messages]


def test_a_message_is_queued_and_then_delivered(sdk: Any, simulator: tm.Simulator) -> None:
    message = send(sdk)
    simulator.advance(0.1)
    under_way = message.fetch().status
    simulator.run()
    arrived = message.fetch()

    assert (message.status, under_way, arrived.status) == ("queued", "sending", "delivered")
    assert (message.direction, message.price, message.num_segments) == ("outbound-api", None, "1")
    assert message.date_sent is None
    assert arrived.date_sent is not None


def test_the_status_callback_is_told_each_status_but_the_first(
    sdk: Any, simulator: tm.Simulator, reported: list[dict[str, str]]
) -> None:
    """Twilio's page says that the status that the API has answered with is not told again."""
    alone = send(sdk, status_callback=STATUS)
    service = sdk.messages.create(
        to=TO, messaging_service_sid=SERVICE, body="Hi", status_callback=STATUS
    )
    simulator.run()
    statuses = {
        each.sid: [form["MessageStatus"] for form in reported if form["MessageSid"] == each.sid]
        for each in (alone, service)
    }

    assert service.status == "accepted"
    assert statuses[alone.sid] == ["sent", "delivered"]
    assert statuses[service.sid] == ["queued", "sent", "delivered"]
    assert reported[-1]["MessagingServiceSid"] == SERVICE


def test_a_status_callback_is_signed(
    sdk: Any, simulator: tm.Simulator, reported: list[dict[str, str]]
) -> None:
    send(sdk, status_callback=STATUS)
    simulator.run()
    exchange = simulator.messages[0].webhooks[0]
    validator = RequestValidator(simulator.credentials.password.reveal())

    assert validator.validate(STATUS, reported[0], exchange.signature)
    assert reported[0]["SmsStatus"] == "sent"


def test_a_number_sends_one_message_a_second(sdk: Any, simulator: tm.Simulator) -> None:
    for _ in range(3):
        send(sdk)
    simulator.run()
    sent = [message.sent for message in simulator.messages]

    assert [round(each - sent[0], 1) for each in sent if each is not None and sent[0]] == [0, 1, 2]


def test_a_message_to_a_number_that_nobody_has_is_undelivered(
    sdk: Any, simulator: tm.Simulator, reported: list[dict[str, str]]
) -> None:
    simulator.phones[OTHER] = "fail"
    message = send(sdk, to=OTHER, status_callback=STATUS)
    simulator.run()

    assert (message.fetch().status, message.fetch().error_code) == ("undelivered", 30005)
    assert reported[-1]["ErrorCode"] == "30005"


def test_a_status_callback_that_fails_is_told(sdk: Any, simulator: tm.Simulator) -> None:
    simulator.webhook(STATUS)(lambda: ("gone", 500))
    send(sdk, status_callback=STATUS)
    simulator.run()
    warned = [event.text for event in simulator.messages[0].timeline if event.kind == "warned"]

    assert all(text.startswith("11200: the message status callback failed") for text in warned)
    assert len(warned) == 2


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"to": ""}, 21604),
        ({"to": "0800"}, 21211),
        ({"to": "client:ann"}, 21211),
        ({"from_": ""}, 21603),
        ({"from_": "call me maybe later"}, 21212),
        ({"body": ""}, 21602),
        ({"body": "x" * 1601}, 21617),
        ({"to": FROM}, 21266),
        ({"media_url": ["ftp://example.com/a.png"]}, 21620),
        ({"media_url": ["https://example.com/a.png"] * 11}, 21623),
        ({"status_callback": "nowhere"}, 21609),
        ({"from_": "", "messaging_service_sid": "MG1"}, 21701),
        ({"schedule_type": "fixed", "send_at": "2026-01-06T12:00:00Z"}, 35118),
    ],
)
def test_what_twilio_refuses_is_refused_with_its_code(
    sdk: Any, given: dict[str, Any], code: int
) -> None:
    assert refusal(lambda: send(sdk, **given)) == code


def test_a_strict_account_sends_from_its_own_numbers_only() -> None:
    with tm.mock_twilio(tm.Simulator(profile="strict")):
        sdk = Sdk()
        assert send(sdk).status == "queued"
        assert refusal(lambda: send(sdk, from_=OTHER)) == 21606


def test_a_trial_account_sends_to_verified_numbers_and_says_what_it_is() -> None:
    with tm.mock_twilio(tm.Simulator(profile="trial")) as simulator:
        sdk = Sdk()
        send(sdk)
        assert refusal(lambda: send(sdk, to=OTHER)) == 21608

    assert bodies(simulator) == ["Sent from your Twilio trial account - Hello."]


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"to": "+15005550001"}, 21211),
        ({"to": "+15005550003"}, 21408),
        ({"to": "+15005550004"}, 21610),
        ({"to": "+15005550009"}, 21614),
        ({"from_": "+15005550007"}, 21606),
        ({"from_": "+15005550008"}, 21611),
    ],
)
def test_test_credentials_know_magic_numbers(given: dict[str, str], code: int) -> None:
    with tm.mock_twilio(tm.Simulator(profile="test-credentials")) as simulator:
        sdk = Sdk()
        assert send(sdk, from_="+15005550006").status == "queued"
        assert refusal(lambda: send(sdk, **{"from_": "+15005550006", **given})) == code

    assert simulator.messages == []


@pytest.mark.parametrize("sender", ["ACME", "12345", "whatsapp:+14155550100"])
def test_names_short_codes_and_channels_send_too(sdk: Any, sender: str) -> None:
    to = "whatsapp:+1 310 555 5555" if ":" in sender else TO
    message = send(sdk, from_=sender, to=to)

    assert (message.from_, message.to) == (sender, f"whatsapp:{TO}" if ":" in sender else TO)


@pytest.mark.parametrize(
    ("body", "segments"),
    [
        ("x" * 160, "1"),
        ("x" * 161, "2"),
        ("€" * 80, "1"),
        ("€" * 81, "2"),
        ("x" * 152 + "€" + "x" * 10, "2"),
        ("é" * 160, "1"),
        ("ё" * 70, "1"),
        ("ё" * 71, "2"),
        ("👍" * 35, "1"),
        ("👍" * 67, "3"),
    ],
)
def test_segments_depend_on_the_alphabet(sdk: Any, body: str, segments: str) -> None:
    """160 characters of GSM-7 or 70 of UCS-2 alone, 153 or 67 joined; none is cut in two."""
    assert send(sdk, body).num_segments == segments


def test_a_list_is_filtered_and_has_pages(sdk: Any, simulator: tm.Simulator) -> None:
    for number in range(3):
        send(sdk, f"Message {number}")
    send(sdk, "Another", to=OTHER)
    simulator.run()

    assert [each.body for each in sdk.messages.list(to=OTHER)] == ["Another"]
    assert [each.body for each in sdk.messages.list(from_=FROM, page_size=2)] == [
        "Another",
        *(f"Message {number}" for number in (2, 1, 0)),
    ]
    assert len(sdk.messages.list(date_sent_after="2026-01-06")) == 4
    assert sdk.messages.list(date_sent_before="2026-01-05") == []


def test_a_message_is_redacted_and_deleted_when_it_is_over(
    sdk: Any, simulator: tm.Simulator
) -> None:
    message = send(sdk)
    assert refusal(message.delete) == 20009
    simulator.run()

    assert message.update(body="").body == ""
    assert message.delete() is True
    assert refusal(message.fetch) == 20404


def test_a_scheduled_message_waits_for_its_time_and_can_be_canceled(
    sdk: Any, simulator: tm.Simulator
) -> None:
    later = {"from_": "", "messaging_service_sid": SERVICE, "schedule_type": "fixed"}
    kept, canceled = (send(sdk, **later, send_at="2026-01-06T11:00:00Z") for _ in range(2))
    assert refusal(lambda: send(sdk, **later, send_at="2026-01-06T10:00:30Z")) == 35114
    assert canceled.update(status="canceled").status == "canceled"
    simulator.run()
    assert kept.fetch().status == "scheduled"
    simulator.advance(3700)

    assert (kept.fetch().status, canceled.fetch().status) == ("delivered", "canceled")


def test_pictures_go_with_a_message(sdk: Any) -> None:
    urls = ["https://example.com/cat.png", "https://example.com/contract.pdf?page=1"]
    message = send(sdk, "", media_url=urls)
    media = message.media.list()

    assert (message.sid[:2], message.num_media) == ("MM", "2")
    assert [each.content_type for each in media] == ["image/png", "application/pdf"]
    assert media[0].delete() is True
    assert len(message.media.list()) == 1


def test_a_message_to_a_number_of_the_account_comes_in_there(
    sdk: Any, simulator: tm.Simulator, asked: list[dict[str, str]]
) -> None:
    send(sdk, "Ping", from_=OTHER, to=FROM)
    simulator.run()

    assert [(form["From"], form["Body"]) for form in asked] == [(OTHER, "Ping")]
    assert [message.direction for message in simulator.messages] == ["outbound-api", "inbound"]


def test_an_inbound_message_asks_the_application_of_its_number(
    simulator: tm.Simulator, asked: list[dict[str, str]]
) -> None:
    message = simulator.receive_message(TO, FROM, "Is Ann there?")
    simulator.run()
    form = asked[0]
    exchange = message.webhooks[0]

    assert form["Body"] == "Is Ann there?"
    assert form["MessageSid"] == form["SmsSid"] == form["SmsMessageSid"] == message.sid
    assert (form["SmsStatus"], form["NumMedia"], form["NumSegments"]) == ("received", "0", "1")
    assert (form["From"], form["To"], form["ToCity"]) == (TO, FROM, "NEW YORK")
    assert "CallSid" not in form
    assert RequestValidator(simulator.credentials.password.reveal()).validate(
        SMS, form, exchange.signature
    )


def test_replies_of_the_official_sdk_are_sent(
    simulator: tm.Simulator, reported: list[dict[str, str]]
) -> None:
    def reply(form: dict[str, str]) -> MessagingResponse:
        response = MessagingResponse()
        response.message(f"You said: {form['Body']}", action_=None, status_callback="/status")
        message = response.message(to=OTHER)
        message.body("Somebody wrote.")
        message.media("https://example.com/a.png")
        return response

    answer(simulator, lambda form: str(reply(form)))
    simulator.receive_message(TO, FROM, "Hi")
    simulator.run()
    replies = simulator.messages[1:]

    assert [(each.from_, each.to, each.body) for each in replies] == [
        (FROM, TO, "You said: Hi"),
        (FROM, OTHER, "Somebody wrote."),
    ]
    assert {each.direction for each in replies} == {"outbound-reply"}
    assert len(replies[1].media) == 1
    assert [form["MessageStatus"] for form in reported] == ["sent", "delivered"]


def test_plain_text_is_a_reply(simulator: tm.Simulator) -> None:
    simulator.numbers[FROM].sms_url = SMS
    simulator.mount(SMS, _plain_text("Thanks!"))
    simulator.receive_message(TO, FROM, "Hi")
    simulator.run()

    assert bodies(simulator) == ["Hi", "Thanks!"]


def _plain_text(text: str) -> Any:
    def app(_: Any, start_response: Any) -> list[bytes]:
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [text.encode()]

    return app


def test_a_redirect_leads_on_and_an_action_takes_over(simulator: tm.Simulator) -> None:
    told_action: list[dict[str, str]] = []
    base = SMS.rpartition("/")[0]
    answer(simulator, lambda _: "<Response><Redirect>/next</Redirect></Response>")
    simulator.webhook(f"{base}/next")(
        lambda: (
            "<Response><Message action='/action'>One</Message><Message>Never</Message></Response>"
        )
    )

    @simulator.webhook(f"{base}/action")
    def action(form: Any) -> str:
        told_action.append(dict(form))
        return "<Response><Message>Two</Message></Response>"

    simulator.receive_message(TO, FROM, "Hi")
    simulator.run()

    assert bodies(simulator) == ["Hi", "One", "Two"]
    assert told_action[0]["MessageSid"] == simulator.messages[1].sid


def test_the_fallback_is_asked_when_the_application_fails(simulator: tm.Simulator) -> None:
    told_fallback: list[dict[str, str]] = []
    answer(simulator, lambda _: ("no", 500))
    simulator.numbers[FROM].sms_fallback_url = "https://app.example.com/instead"

    @simulator.webhook("https://app.example.com/instead")
    def instead(form: Any) -> str:
        told_fallback.append(dict(form))
        return "<Response><Message>Sorry.</Message></Response>"

    message = simulator.receive_message(TO, FROM, "Hi")
    simulator.run()

    assert bodies(simulator) == ["Hi", "Sorry."]
    assert (told_fallback[0]["ErrorCode"], told_fallback[0]["ErrorUrl"]) == ("11200", SMS)
    assert [event.data["code"] for event in message.timeline if event.kind == "failed"] == [11200]


@pytest.mark.parametrize(
    ("document", "code"),
    [
        ("<Response><Say>Hi</Say></Response>", 14110),
        ("<Response><Message/></Response>", 14103),
        (f"<Response>{'<Message>Hi</Message>' * 11}</Response>", 14109),
        ("<Response><Redirect>/sms</Redirect></Response>", 14106),
        ("<Response><Message>", 12100),
        ("<Reply/>", 12102),
    ],
)
def test_a_wrong_answer_is_told_with_its_code(
    simulator: tm.Simulator, document: str, code: int
) -> None:
    answer(simulator, lambda _: document)
    message = simulator.receive_message(TO, FROM, "Hi")
    simulator.run()

    assert code in [event.data.get("code") for event in message.timeline]
    assert len(simulator.messages) <= 11


def test_two_numbers_that_answer_each_other_come_to_an_end(simulator: tm.Simulator) -> None:
    for number in (FROM, OTHER):
        simulator.numbers[number].sms_url = SMS
    simulator.webhook(SMS)(lambda: "<Response><Message>Ping</Message></Response>")
    simulator.receive_message(OTHER, FROM, "Ping")
    simulator.run()
    codes = [event.data.get("code") for each in simulator.messages for event in each.timeline]

    assert codes.count(14107) == 1


def test_nobody_answers_at_a_number_without_a_url(simulator: tm.Simulator) -> None:
    message = simulator.receive_message(TO, FROM, "Hi")
    simulator.run()

    assert message.timeline[-1].text == f"nothing answers messages at {FROM}: it has no SMS URL"
    with pytest.raises(tm.SimulatorError, match="no number of this account"):
        simulator.receive_message(TO, OTHER, "Hi")


def test_the_application_of_a_number_answers(
    simulator: tm.Simulator, client: tm.Client, asked: list[dict[str, str]]
) -> None:
    application = client.applications.create(sms_url=SMS, sms_method="GET")
    number = simulator.numbers[OTHER]
    number.sms_application_sid = application.sid
    message = simulator.receive_message(TO, OTHER, "Hi")
    simulator.run()

    assert message.webhooks[0].method == "GET"
    assert asked[0]["To"] == OTHER


def test_who_sends_stop_gets_no_more_until_start(
    sdk: Any, simulator: tm.Simulator, asked: list[dict[str, str]]
) -> None:
    simulator.receive_message(TO, FROM, "Stop ")
    simulator.run()
    assert refusal(lambda: send(sdk)) == 21610
    simulator.receive_message(TO, FROM, "START")
    simulator.run()

    assert send(sdk).status == "queued"
    assert [form["Body"] for form in asked] == ["Stop ", "START"]
    assert bodies(simulator)[1].startswith("You are unsubscribed")


def test_a_phone_texts_and_reads_in_a_call(simulator: tm.Simulator, place: Place) -> None:
    answer(simulator, lambda form: f"<Response><Message>Got {form['Body']}.</Message></Response>")
    call = place(
        "<Pause length='30'/>", phone='answer; text "a letter"; hear text "got a letter"; hang up'
    )

    assert told(call, "texted") == [
        f"{TO} → {FROM}: “a letter”",
        f"{FROM} → {TO}: “Got a letter.”",
        f"{TO} reads “Got a letter.”",
    ]
    assert simulator.phones.failures == []
    assert call.duration is not None
    assert int(call.duration) < 10


def test_a_phone_texts_whom_its_script_names(
    simulator: tm.Simulator, place: Place, asked: list[dict[str, str]]
) -> None:
    simulator.numbers[OTHER].sms_url = SMS
    place("<Pause length='5'/>", phone=f'answer; text "Hi" to {OTHER}; hang up')

    assert asked[0]["To"] == OTHER


def test_a_message_that_came_before_the_call_is_read_once(
    sdk: Any, simulator: tm.Simulator, place: Place
) -> None:
    send(sdk, "Your code is 1234.")
    simulator.run()
    script = 'answer; hear text "code is" within 5; press 1234; hang up'
    first, second = (place("<Gather timeout='20'/>", phone=script) for _ in range(2))

    assert told(first, "failed") == []
    assert told(second, "failed") == [
        f"{TO} waited 5 s for a text message “code is”, in vain. No message came."
    ]


def test_the_error_of_a_message_that_never_came_points_at_the_step(
    sdk: Any, simulator: tm.Simulator, place: Place
) -> None:
    send(sdk, "Good morning.")
    simulator.run()
    place("<Pause length='3'/>", phone='answer; hear text "code"')
    place("<Pause length='30'/>", phone="answer; hear text within 1; hear text within 1")
    hints = [failure.hint for failure in simulator.phones.failures]

    assert hints[0] == "Compare it with what was sent: simulator.messages."
    assert hints[1] == (
        "Compare it with what was sent (simulator.messages), or wait longer: within 900."
    )
    assert simulator.phones.failures[0].excerpt[1].strip() == "^" * len('hear text "code"')


def test_a_function_at_a_phone_gets_the_message_that_it_waited_for(
    simulator: tm.Simulator, place: Place
) -> None:
    heard: list[str] = []

    def caller() -> Any:
        yield "answer"
        heard.append((yield 'hear text "code"'))
        yield "hang up"

    simulator.phones[TO] = caller
    place("<Sms>Your code is 1234.</Sms><Pause length='30'/>")

    assert heard == ["Your code is 1234."]


def test_a_client_sends_no_messages(place: Place) -> None:
    call = place("<Pause/>", to="client:ann", phone='text "Hi"')

    assert told(call, "warned") == ["client:ann is no phone number, and sends no messages"]


@pytest.mark.parametrize("step", ["text", "text hello", 'text ""', 'text "a" to nobody'])
def test_a_text_step_that_cannot_be_read_says_how_it_is_written(
    simulator: tm.Simulator, step: str
) -> None:
    with pytest.raises(tm.PhoneScriptError, match="is not a step") as error:
        simulator.phones[TO] = f"answer; {step}"

    assert 'text "words" to +12125551234' in (error.value.hint or "")


def test_sms_of_a_call_makes_a_message(
    simulator: tm.Simulator, place: Place, sdk: Any, reported: list[dict[str, str]]
) -> None:
    call = place(f"<Sms statusCallback='{STATUS}'>Your code is 1234.</Sms><Pause length='5'/>")
    message = sdk.messages.list()[0]

    assert (message.direction, message.body, message.status) == (
        "outbound-call",
        "Your code is 1234.",
        "delivered",
    )
    assert [form["SmsStatus"] for form in reported] == ["sent", "delivered"]
    assert [each.purpose for each in call.webhooks] == ["message status"] * 2


@pytest.mark.parametrize(
    ("profile", "attributes", "code"),
    [("strict", f'from="{OTHER}"', 14108), ("trial", f'to="{OTHER}"', 14111)],
)
def test_sms_that_may_not_be_sent_is_told(profile: Any, attributes: str, code: int) -> None:
    simulator = tm.Simulator(profile=profile)
    call = tm.Client(simulator=simulator).calls.create(
        to=TO, from_=FROM, twiml=f"<Response><Sms {attributes}>Hi</Sms></Response>"
    )
    call.wait()

    assert [text[:5] for text in told(call, "failed")] == [str(code)]
    assert simulator.messages == []


def test_a_message_of_the_api_shows_in_the_call_that_its_receiver_is_in(
    simulator: tm.Simulator, sdk: Any, client: tm.Client, reported: list[dict[str, str]]
) -> None:
    simulator.phones[TO] = "answer; wait 10; hang up"
    url = "https://app.example.com/voice"

    @simulator.webhook(url)
    def voice() -> str:
        send(sdk, "1 Main Street", status_callback=STATUS)
        return "<Response><Pause length='20'/></Response>"

    call = client.calls.create(to=TO, from_=FROM, url=url).wait()
    ladder = str(call.ladder())

    assert told(call, "texted") == [f"{FROM} → {TO}: “1 Main Street”"]
    assert [each.purpose for each in call.webhooks] == [
        "voice url",
        "message status",
        "message status",
    ]
    assert "texts “1 Main Street”" in ladder
    assert len(reported) == 2


def test_messages_are_shown_one_a_line(simulator: tm.Simulator, sdk: Any) -> None:
    assert repr(simulator.messages) == "no messages"
    send(sdk, "Two\nlines", media_url=["https://example.com/a.png"])
    simulator.run()

    assert repr(simulator.messages) == f"{FROM} → {TO}: “Two lines” and 1 media delivered"


def test_messages_need_no_call_and_are_gone_after_a_reset(
    simulator: tm.Simulator, sdk: Any
) -> None:
    send(sdk)
    simulator.reset()

    assert simulator.messages == []
    simulator.run()


def test_a_sub_account_has_messages_of_its_own(simulator: tm.Simulator, sdk: Any) -> None:
    answer(simulator, lambda form: f"<Response><Message>{form['AccountSid']}</Message></Response>")
    sid = sdk.api.v2010.accounts.create(friendly_name="Branch").sid
    branch = sdk.api.v2010.accounts(sid)
    branch.incoming_phone_numbers.create(phone_number=OTHER, sms_url=SMS)
    simulator.receive_message(TO, OTHER, "Hi")
    simulator.run()

    assert [each.body for each in branch.messages.list()] == [sid, "Hi"]
    assert sdk.messages.list() == []
    assert bodies(simulator) == ["Hi", sid]
