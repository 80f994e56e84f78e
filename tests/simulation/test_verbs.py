"""Say, Play, Pause, Gather, Redirect and Hangup as a caller experiences them."""

from __future__ import annotations

import pytest

import twilio_magic as tm
from tests.calls import Place, heard, kinds, told

MENU = (
    '<Gather numDigits="1" timeout="4"><Say>Press 1 for sales.</Say></Gather><Say>Too slow.</Say>'
)


@pytest.fixture
def app(simulator: tm.Simulator) -> list[tm.Exchange]:
    """A webhook that answers every request with the keys it got."""

    @simulator.webhook("https://ivr.example.com/keys")
    def keys(request: dict[str, str]) -> str:
        return f"<Response><Say>You pressed {request['Digits']}.</Say></Response>"

    return []


def gather(attributes: str = "", prompt: str = "") -> str:
    action = 'action="https://ivr.example.com/keys"'
    return f"<Gather {action} {attributes}>{prompt}</Gather><Say>Too slow.</Say>"


def test_say_takes_the_time_of_its_words_and_repeats_as_often_as_told(place: Place) -> None:
    once, twice = (place(f"<Say loop='{n}'>Hello out there</Say>") for n in (1, 2))
    (said,) = (event for event in once.timeline if event.kind == "said")

    assert said.data["seconds"] > 0.5
    assert heard(twice) == ["Twilio: Hello out there"] * 2


def test_pause_waits_as_long_as_it_says(place: Place) -> None:
    call = place("<Pause length='7'/>")

    assert call.duration == 7


def test_play_sends_tones_with_their_pauses(place: Place) -> None:
    call = place('<Play digits="1WW2w"/>')

    assert told(call, "played") == ["tones 1WW2w"]
    assert call.duration == 3


def test_hangup_ends_the_call_and_nothing_after_it_runs(place: Place) -> None:
    call = place("<Hangup/><Say>Never heard.</Say>")

    assert heard(call) == []
    assert told(call, "hung up") == ["by Twilio"]


def test_redirect_goes_on_with_the_other_document(place: Place, simulator: tm.Simulator) -> None:
    there = simulator.host("<Response><Say>Here we are.</Say></Response>")
    call = place(f'<Redirect method="GET">{there}</Redirect><Say>Never heard.</Say>')

    assert heard(call) == ["Twilio: Here we are."]
    assert (call.webhooks[0].method, call.webhooks[0].purpose) == ("GET", "redirect")


def test_a_relative_url_starts_from_the_document_that_holds_it(
    place: Place, simulator: tm.Simulator
) -> None:
    @simulator.webhook("https://ivr.example.com/start/here")
    def start() -> str:
        return "<Response><Redirect>../next?step=2</Redirect></Response>"

    @simulator.webhook("https://ivr.example.com/next")
    def follow() -> str:
        return "<Response><Say>Next.</Say></Response>"

    call = place(url="https://ivr.example.com/start/here")

    assert call.webhooks[1].url == "https://ivr.example.com/next?step=2"


def test_a_relative_url_in_inline_twiml_leads_nowhere(place: Place) -> None:
    call = place("<Redirect>/menu</Redirect>")

    assert told(call, "failed")[0].startswith("11100: /menu is relative")
    assert "application error" in heard(call)[0]


def test_a_loop_of_redirects_ends_with_a_clear_note(place: Place, simulator: tm.Simulator) -> None:
    @simulator.webhook("https://ivr.example.com/loop")
    def loop() -> str:
        return "<Response><Redirect/></Response>"

    call = place(url="https://ivr.example.com/loop")

    assert call.status == "completed"
    assert "a loop" in told(call, "failed")[0]


def test_a_key_cuts_the_prompt_short_and_goes_to_the_action(place: Place, app: None) -> None:
    prompt = "<Say>Press 1 for sales, or 2 for support, or wait for the operator.</Say>"
    script = "answer; hear 'press 1'; press 1"
    call = place(gather('numDigits="1"', prompt), phone=script)

    assert call.webhooks[-1].parameters["Digits"] == "1"
    assert heard(call) == [
        "Twilio: Press 1 for …",
        "+13105555555: [presses 1]",
        "Twilio: You pressed 1.",
    ]


@pytest.mark.parametrize(
    ("attributes", "pressed", "digits"),
    [
        ('numDigits="4"', "12345", "1234"),
        ("", "123#", "123"),
        ('finishOnKey="*"', "12#3*", "12#3"),
        ('finishOnKey=""', "12#", "12#"),
    ],
)
def test_a_gather_ends_by_count_by_key_or_by_time(
    place: Place, app: None, attributes: str, pressed: str, digits: str
) -> None:
    call = place(gather(attributes), phone=f"answer; press {pressed}")

    assert call.webhooks[-1].parameters["Digits"] == digits


def test_the_timeout_runs_anew_after_every_key(place: Place, app: None) -> None:
    slow = "answer; wait 3; press 1; wait 3; press 2; wait 3; press 3"
    call = place(gather('timeout="4"'), phone=slow)

    assert call.webhooks[-1].parameters["Digits"] == "123"


@pytest.mark.parametrize(("seconds", "digits"), [(4, "1"), (5, "12")])
def test_a_key_that_comes_after_the_timeout_is_not_gathered(
    place: Place, app: None, seconds: int, digits: str
) -> None:
    """The second key comes 4.5 seconds after the first."""
    call = place(gather(f'timeout="{seconds}"'), phone="answer; press 1; wait 4.2; press 2")

    assert call.webhooks[-1].parameters["Digits"] == digits


def test_the_finishing_key_alone_is_no_input(place: Place, app: None) -> None:
    """The next verb follows; an action that wants to know is told of the key."""
    call = place(gather(), phone="answer; press #")
    asked = place(gather('actionOnEmptyResult="true"'), phone="answer; press #")

    assert heard(call)[-1] == "Twilio: Too slow."
    assert asked.webhooks[-1].parameters["Digits"] == ""
    assert asked.webhooks[-1].parameters["FinishedOnKey"] == "#"


def test_a_gather_without_keys_goes_on_with_the_next_verb(place: Place, app: None) -> None:
    call = place(gather('timeout="4"'))

    assert told(call, "timed out") == ["no keys"]
    assert heard(call) == ["Twilio: Too slow."]


def test_an_empty_result_goes_to_the_action_if_it_is_asked_for(place: Place, app: None) -> None:
    call = place(gather('actionOnEmptyResult="true"'))

    assert call.webhooks[-1].parameters["Digits"] == ""


def test_a_key_that_nobody_waits_for_is_lost(place: Place) -> None:
    call = place("<Say>Hello, and welcome to all.</Say>" + MENU, phone="wait 0.1; press 1")

    assert told(call, "pressed") == ["1 (lost: nothing was listening for keys)"]
    assert heard(call)[-1] == "Twilio: Too slow."


def test_a_gather_without_action_in_inline_twiml_starts_the_document_again(
    place: Place,
) -> None:
    call = place(MENU, phone="answer; press 1; hang up")

    assert told(call, "warned") == ["<Gather> leads back to this document"]
    assert kinds(call).count("gathering") == 2
