"""Whatever list or resource people display is a card, and an empty list says that it is empty."""

from __future__ import annotations

from collections.abc import Callable

import pytest

import twilio_magic as tm
from tests.calls import FROM, TO
from twilio_magic.dialog import dialogs
from twilio_magic.display import Shown, mime_bundle
from twilio_magic.maps import MapProblems, MissingWays
from twilio_magic.sessions import AgentSounds, Frames, Turns

_MENU = "<Response><Gather numDigits='1'><Say>For bread, press 1.</Say></Gather></Response>"
_RELAY = "<Connect><ConversationRelay url='wss://agent.example.com/ws'/></Connect>"


def make_client() -> tm.Client:
    """A client in whose world somebody spoke with an agent and wrote a message, and there is a queue."""
    simulator = tm.Simulator()
    simulator.agent("wss://agent.example.com/ws")(lambda prompt: f"{prompt} At nine.")
    simulator.phones[TO] = "answer; say 'When?'; wait 3; hang up"
    client = tm.Client(simulator=simulator)
    client.calls.create(to=TO, from_=FROM, twiml=f"<Response>{_RELAY}</Response>").wait()
    client.queues.create(friendly_name="Sales <b>")
    simulator.receive_message(TO, FROM, "I am <b>late</b>.")
    return client


@pytest.fixture(scope="module")
def client() -> tm.Client:
    return make_client()


SHOWN: dict[str, tuple[Callable[[tm.Client], object], str]] = {
    "session": (lambda made: made.calls.list()[-1].sessions[0], "WebSocket sessions (1)"),
    "frames": (lambda made: made.calls.list()[-1].sessions[0].frames, "At nine."),
    "turns": (lambda made: made.calls.list()[-1].sessions[0].turns, "median"),
    "queue": (lambda made: made.queues.list()[0], "Sales &lt;b&gt;"),
    "number": (lambda made: made.incoming_phone_numbers.list()[0], FROM),
    "map problems": (lambda _: tm.explore(tm.parse(_MENU)).problems, "→ "),
    "dialogs": (lambda _: dialogs("twiml: <Response/>\ndialog 'it'\n  hear 'x'"), "it"),
}
EMPTY: dict[str, Shown] = {
    "no frames": Frames(),
    "no turns": Turns(),
    "no sounds": AgentSounds(),
    "no problems": MapProblems(),
    "nothing is missing": MissingWays(),
    "no messages": tm.Simulator().messages,
}


@pytest.mark.parametrize("name", SHOWN)
def test_it_is_a_card(client: tm.Client, name: str) -> None:
    make, words = SHOWN[name]
    shown = make(client)

    assert isinstance(shown, Shown)
    assert words in mime_bundle(shown)["text/html"]


@pytest.mark.parametrize("told", EMPTY)
def test_an_empty_list_says_so(told: str) -> None:
    assert told in mime_bundle(EMPTY[told])["text/html"]


def test_the_card_of_a_resource_has_the_fields_that_its_table_has(client: tm.Client) -> None:
    queue = client.queues.list()[0]
    html = mime_bundle(queue)["text/html"]

    assert "waiting" in html
    assert queue.sid in html
    assert queue.account_sid not in html
