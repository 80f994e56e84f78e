"""The public addresses of Twilio's samples answer in every world, and nothing of Twilio's is looked up for real."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from werkzeug import Response
from werkzeug.test import create_environ, run_wsgi_app

import twilio_magic as tm
from twilio_magic.simulation.addresses._samples import answer_sample

from ..calls import TO, Place, heard, told

TWIMLETS = "https://twimlets.com"
GREETING = "<Response><Say>Here I am.</Say></Response>"


@pytest.fixture
def resolved() -> Iterator[list[str]]:
    """The host names that are looked up meanwhile."""
    looked_up: list[str] = []
    active = [True]

    def note(event: str, arguments: tuple[Any, ...]) -> None:
        if active and event in ("socket.getaddrinfo", "socket.gethostbyname"):
            looked_up.append(str(arguments[0]))

    sys.addaudithook(note)
    yield looked_up
    active.clear()


def twimlet(name: str, **parameters: Any) -> str:
    """The address of a Twimlet; lists are written as PHP reads them."""
    pairs: list[tuple[str, str]] = []
    for key, value in parameters.items():
        if isinstance(value, dict):
            pairs += [(f"{key}[{index}]", each) for index, each in value.items()]
        elif isinstance(value, list):
            pairs += [(f"{key}[]", each) for each in value]
        else:
            pairs.append((key, value))
    return f"{TWIMLETS}/{name}?{urlencode(pairs)}"


@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize("profile", ["lenient", "strict"])
@pytest.mark.parametrize(
    "path",
    [
        "demo.twilio.com/welcome/voice/",
        "demo.twilio.com/docs/voice.xml",
        "Demo.Twilio.com./docs/voice.xml",
    ],
)
def test_documents_of_samples_answer_in_every_world(scheme: str, profile: Any, path: str) -> None:
    simulator = tm.Simulator(profile=profile, network=False)
    call = tm.Client(simulator=simulator).calls.create(
        to=TO, from_="+12125551234", url=f"{scheme}://{path}"
    )

    assert heard(call.wait())[0].startswith("Twilio: Hello!")
    assert not told(call, "failed")


@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize(
    ("address", "seconds"),
    [
        ("demo.twilio.com/docs/classic.mp3", "5.0"),
        ("demo.twilio.com/hellomonkey/monkey.mp3", "5.0"),
        ("api.twilio.com/cowbell.mp3", "5.0"),
        ("api.twilio.com/Cowbell.mp3", "5.0"),
        ("com.twilio.music.classical.s3.amazonaws.com/BusyStrings.mp3", "30.0"),
        ("com.twilio.music.soft-rock.s3.us-east-1.amazonaws.com/_ghost_.mp3", "30.0"),
        ("s3.amazonaws.com/com.twilio.music.guitars/Pitx_-_A_Thought.mp3", "30.0"),
        ("com.twilio.sounds.music.s3.amazonaws.com/MARKOVICHAMP-Borghestral.mp3", "30.0"),
    ],
)
def test_files_of_samples_are_played(
    place: Place, simulator: tm.Simulator, scheme: str, address: str, seconds: str
) -> None:
    simulator.network = False

    call = place(f"<Play>{scheme}://{address}</Play>")

    assert told(call, "played") == [f"{scheme}://{address} ({seconds} s)"]
    assert not told(call, "failed")


@pytest.mark.parametrize(
    "url",
    [
        "https://handler.twilio.com/twiml/EH00000000000000000000000000000000",
        "http://twilio.com/some.xml",
        "https://www.twilio.com/labs",
        "https://studio.twilio.com/v2/Flows",
        "https://demo.twilio.com/nothing/here",
        "https://demo.twilio.com./docs/voice.xml2",
        "http://demo.twilio.com:8080/docs/nothing.xml",
        "https://twimlets.com/AC00000000000000000000000000000000/mine",
        "https://www.twimlets.com/nothing",
        "http://com.twilio.music.classical.s3.amazonaws.com/notes.txt",
    ],
)
def test_what_is_unknown_at_twilio_is_a_404_with_a_sentence_and_is_not_looked_up(
    place: Place, resolved: list[str], url: str
) -> None:
    call = place(url=url)

    asked = call.webhooks[0]
    assert (asked.status, asked.code) == (404, 11200)
    assert "simulator has" in asked.reply
    assert resolved == []


def test_a_document_is_put_at_an_address_of_a_twiml_bin(
    place: Place, simulator: tm.Simulator
) -> None:
    address = "https://handler.twilio.com/twiml/EH0123456789abcdef0123456789abcdef"
    simulator.host("<Response><Say>Hello {{From}}.</Say></Response>", at=address)

    assert heard(place(url=address)) == ["Twilio: Hello +12125551234."]


@pytest.mark.parametrize(
    "base",
    [
        "https://demo.twilio.com",
        "https://twimlets.com",
        "https://api.twilio.com",
        "http://com.twilio.music.rock.s3.amazonaws.com",
        "https://handler.twilio.com",
    ],
)
def test_unmounting_never_takes_away_an_address_of_the_simulator(
    place: Place, simulator: tm.Simulator, base: str
) -> None:
    with pytest.raises(tm.SimulatorError, match="Nothing is mounted"):
        simulator.unmount(base)
    simulator.mount(base, lambda: GREETING)
    assert heard(place(url=f"{base}/x")) == ["Twilio: Here I am."]
    simulator.unmount(base)

    assert place(url=f"{base}/x").webhooks[0].status == 404


def test_recordings_stand_beside_what_is_mounted_at_the_api(
    place: Place, simulator: tm.Simulator
) -> None:
    recorded = place("<Record maxLength='2'/>", phone="say 'one two three'")
    account = simulator.credentials.account_sid
    sid = recorded.recordings.list()[0].sid
    url = f"https://api.twilio.com/2010-04-01/Accounts/{account}/Recordings/{sid}"

    call = place(f"<Play>{url}</Play><Play>https://api.twilio.com/cowbell.mp3</Play>")

    assert len(told(call, "played")) == 2


def test_echo_answers_with_its_parameter(place: Place) -> None:
    assert heard(place(url=twimlet("echo", Twiml=GREETING))) == ["Twilio: Here I am."]


@pytest.mark.parametrize("messages", [["One.", "Two."], {"0": "One.", "1": "Two."}])
def test_message_says_and_plays_what_it_is_given(place: Place, messages: Any) -> None:
    call = place(url=twimlet("message", Message=messages))
    assert heard(call) == ["Twilio: One.", "Twilio: Two."]

    call = place(url=twimlet("message", Message="http://demo.twilio.com/docs/classic.mp3"))
    assert told(call, "played") == ["http://demo.twilio.com/docs/classic.mp3 (5.0 s)"]


def test_menu_goes_where_the_key_leads(place: Place) -> None:
    options = {"1": twimlet("message", Message="Sales."), "22": twimlet("message", Message="Help.")}
    menu = twimlet("menu", Message="Press 1 or 22.", Options=options)

    assert heard(place(url=menu, phone="press 22; wait 5; hang up"))[-1] == "Twilio: Help."
    again = heard(
        place(url=menu, phone="press 7; hear 'valid option'; hear '22'; press 1#; wait 5; hang up")
    )
    assert "Twilio: I'm sorry, that wasn't a valid option." in again
    assert again[-1] == "Twilio: Sales."


def test_holdmusic_plays_a_bucket_and_says_its_message(place: Place) -> None:
    call = place(
        url=twimlet("holdmusic", Bucket="com.twilio.music.guitars", Message="Please hold."),
        phone="wait 70; hang up",
    )

    played = [text.rpartition("/")[2] for text in told(call, "played")]
    assert played[:2] == ["Pitx_-_A_Thought.mp3 (30.0 s)", "Pitx_-_Long_Winter.mp3 (30.0 s)"]
    assert heard(call)[:2] == ["Twilio: Please hold.", "Twilio: Please hold."]


def test_every_bucket_of_the_conference_twimlet_plays_without_a_failure(place: Place) -> None:
    for style in ("classical", "ambient", "electronica", "guitars", "rock", "soft-rock"):
        url = twimlet("holdmusic", Bucket=f"com.twilio.music.{style}")
        call = place(url=url, phone="wait 400; hang up")
        assert len(told(call, "played")) > 5
        assert not told(call, "failed")


def test_voicemail_records_and_says_goodbye(place: Place, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO", "twilio_magic.addresses")

    call = place(
        url=twimlet("voicemail", Email="me@example.com", Message="Not here."),
        phone="wait 3; say 'please call me back tomorrow about the red car'; wait 1; press #; wait 9",
    )

    assert heard(call)[0] == "Twilio: Not here."
    assert heard(call)[-1] == "Twilio: Thanks. Good bye."
    assert len(call.recordings.list()) == 1
    assert "would mail to me@example.com" in caplog.text
    assert "call me back tomorrow" in caplog.text


def test_forward_dials_and_goes_to_fail_url_if_nobody_answers(
    place: Place, simulator: tm.Simulator
) -> None:
    sorry = twimlet("message", Message="Nobody there.")
    url = twimlet("forward", PhoneNumber="+14155550199", FailUrl=sorry)

    simulator.phones["+14155550199"] = "busy"
    assert heard(place(url=url))[-1] == "Twilio: Nobody there."
    simulator.phones["+14155550199"] = "answer; wait 2; hang up"
    call = place(url=url)
    assert "Twilio: Nobody there." not in heard(call)
    assert told(call, "bridged")


def test_forward_refuses_who_is_not_among_the_allowed_callers(place: Place) -> None:
    url = twimlet("forward", PhoneNumber="+14155550199", AllowedCallers=["415-555-0100"])
    allowed = twimlet("forward", PhoneNumber="+14155550199", AllowedCallers=["(212) 555-1234"])

    assert "restricted number" in heard(place(url=url))[0]
    assert told(place(url=allowed, phone="wait 9; hang up"), "dialed") == ["+14155550199"]


def test_simulring_rings_all_and_connects_who_presses_a_key(
    place: Place, simulator: tm.Simulator
) -> None:
    simulator.phones["+14155550101"] = "no answer"
    simulator.phones["+14155550102"] = "hear 'press any key'; press 5; wait 3; hang up"

    numbers = ["+14155550101", "+14155550102"]
    call = place(url=twimlet("simulring", PhoneNumbers=numbers), phone="wait 60")

    assert sorted(told(call, "dialed")) == ["+14155550101", "+14155550102"]
    assert told(call, "bridged")
    simulator.phones.check()


def test_findme_tries_one_after_the_other_until_a_human_accepts(
    place: Place, simulator: tm.Simulator
) -> None:
    simulator.phones["+14155550101"] = "answer; wait 60"
    simulator.phones["+14155550102"] = "hear 'for you'; press 1; wait 3; hang up"

    numbers = ["+14155550101", "+14155550102"]
    call = place(url=twimlet("findme", PhoneNumbers=numbers, Message="For you."), phone="wait 200")

    assert told(call, "dialed") == ["+14155550101", "+14155550102"]
    simulator.phones.check()


def test_conference_joins_after_the_pass_code(place: Place) -> None:
    url = twimlet("conference", Name="team", Password="1234", Music="rock", Message="Welcome.")

    call = place(url=url, phone="wait 3; press 1234; wait 40; hang up")

    assert "Twilio: Welcome." in heard(call)
    assert told(call, "joined")
    assert any("com.twilio.music.rock" in text for text in told(call, "played"))


def test_only_a_moderator_begins_the_conference_of_the_twimlet(place: Place) -> None:
    def begins(moderator: str) -> str:
        url = twimlet("conference", Name="team", Moderators=[moderator])
        return place(url=url, phone="wait 9; hang up").webhooks[0].reply

    assert 'startConferenceOnEnter="true"' in begins("212-555-1234")
    assert 'startConferenceOnEnter="false"' in begins("415-555-0100")


@pytest.mark.parametrize("mounted", ["é", "%C3%A9", "%c3%a9"])
@pytest.mark.parametrize("asked", ["é", "%C3%A9", "%c3%a9"])
def test_a_letter_in_a_mounted_path_matches_however_it_is_written(
    place: Place, simulator: tm.Simulator, mounted: str, asked: str
) -> None:
    simulator.mount(f"https://ivr.example.com/caf{mounted}", lambda: GREETING)

    assert heard(place(url=f"https://ivr.example.com/caf{asked}/menu")) == ["Twilio: Here I am."]


@pytest.mark.parametrize("mounted", ["~ann", "%7Eann", "%7eann"])
@pytest.mark.parametrize("asked", ["~ann", "%7Eann", "%7eann"])
def test_a_tilde_in_a_mounted_path_matches_however_it_is_written(
    place: Place, simulator: tm.Simulator, mounted: str, asked: str
) -> None:
    simulator.mount(f"https://ivr.example.com/{mounted}", lambda: GREETING)

    assert heard(place(url=f"https://ivr.example.com/{asked}")) == ["Twilio: Here I am."]


def test_an_escaped_slash_is_no_slash(place: Place, simulator: tm.Simulator) -> None:
    simulator.network = False
    simulator.mount("https://ivr.example.com/a/b", lambda: GREETING)

    assert place(url=f"https://ivr.example.com/{quote('a/b', safe='')}").webhooks[0].status is None


@pytest.mark.parametrize("method", ["GET", "POST", "HEAD"])
@pytest.mark.parametrize(
    ("host", "path", "kind"),
    [
        ("demo.twilio.com", "/welcome/voice/", "text/xml"),
        ("demo.twilio.com", "/welcome/sms/reply", "text/xml"),
        ("api.twilio.com", "/cowbell.mp3", "audio/mpeg"),
    ],
)
def test_a_sample_is_answered_as_a_framework_answers(
    host: str, path: str, kind: str, method: str
) -> None:
    def ask(app: Any, method: str) -> tuple[bytes, str, list[tuple[str, str]]]:
        environ = create_environ(path, base_url=f"https://{host}", method=method)
        body, status, headers = run_wsgi_app(app, environ)
        return b"".join(body), status, list(headers)

    content, _, _ = ask(answer_sample, "GET")

    assert content
    assert ask(answer_sample, method) == ask(Response(content, mimetype=kind), method)
