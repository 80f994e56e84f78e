"""No card is taller than a screen without a fold, however much there is to say."""

from __future__ import annotations

import pytest

from .conftest import Open
from .notebook import Notebook

pytestmark = pytest.mark.browser

_SCREEN = 900  # pixels; of a small laptop, or of a large one beside a side bar
# Cells of tables that have several lines of a few letters each.
_SQUEEZED = """element => [...element.querySelectorAll("td, th")].filter(cell => {
    const range = document.createRange();
    range.selectNodeContents(cell);
    const lines = new Set([...range.getClientRects()].map(each => Math.round(each.bottom)));
    return lines.size > 2 && cell.textContent.length / lines.size < 8;
}).map(cell => cell.textContent)"""
_HEIGHT = "element => element.getBoundingClientRect().height"
LOAD = """\
%load_ext twilio_magic
import twilio_magic as tm

simulator = tm.simulator()
client = tm.client()
TO, FROM, BOB = "+13105555555", "+12125551234", "+14155550100"
simulator.phones.name(TO, "Ann")
simulator.phones[BOB] = "answer; " + "; ".join(f"wait 6; say 'This is line {n}.'" for n in range(30))

def call(twiml, phone="answer; wait 900", **more):
    simulator.phones[TO] = phone
    return client.calls.create(to=TO, from_=FROM, twiml=f"<Response>{twiml}</Response>", **more).wait()

LONG = "".join(f"<Say>Sentence {number} of a long speech.</Say>" for number in range(60))
WRONG = "".join(f"<Sya number='{number}'/>" for number in range(60))
GATHER = "<Gather numDigits='1' timeout='2'><Say>Press 1.</Say></Gather>"
IVR, MANY = "https://ivr.example.com", range(1000, 1060)
simulator.host(f"<Response>{GATHER}<Redirect>/menu</Redirect></Response>", at=f"{IVR}/menu")

@simulator.agent("wss://agent.example.com/ws")
def agent(prompt):
    return f"You said {prompt}. What else can I do for you today?"

RELAY = "<Connect><ConversationRelay url='wss://agent.example.com/ws' welcomeGreeting='Hello?'/></Connect>"
TALK = "answer; " + "; ".join(f"say 'Question {number}'; silence 2" for number in range(30))
"""
#: What is shown, by name.
CELLS = {
    "a long speech": "call(LONG)",
    "a loop": "loop = call('<Redirect>https://ivr.example.com/menu</Redirect>', 'answer; wait 600; hang up')\nloop",
    "many keys": "call(GATHER * 40, 'answer; ' + 'press 1; ' * 40 + 'hang up')",
    "two that talk": "call(f'<Dial>{BOB}</Dial>', 'answer; ' + 'wait 6; say \"And I am Ann.\"; ' * 30)",
    "many warnings": "warned = call(WRONG + '<Say>Hello.</Say>')\nwarned",
    "a recording": "call('<Record maxLength=\"2\" action=\"/none\"/>', 'answer; wait 60; hang up')",
    "an agent": "call(RELAY, TALK)",
    "a queued call": "client.calls.create(to=TO, from_=FROM, twiml='<Response/>')",
    "a timeline": "loop.timeline",
    "a transcript": "loop.transcript",
    "requests": "loop.webhooks",
    "a ladder": "loop.ladder()",
    "problems": "tm.check(f'<Response>{WRONG}</Response>')",
    "an explanation": "tm.explain(f'<Response>{LONG}</Response>')",
    "a document": "tm.parse(f'<Response>{LONG}</Response>')",
    "a document with problems": "%%twiml\n<Response>\n"
    + '<Sya number="1"/>\n' * 60
    + "</Response>",
    "calls": "for number in range(60):\n    call('<Say>Hi</Say>')\nclient.calls.list()",
    "a log": "warned.notifications.list()",
    "phones": "for number in MANY:\n    simulator.phones[f'+1310555{number}'] = 'ring 3; busy'\nsimulator.phones",
    "faults": "for number in MANY:\n    simulator.faults.add(f'{IVR}/{number}', status=500)\nsimulator.faults",
    "mounts": "for number in MANY:\n    simulator.host('<Response/>', at=f'{IVR}/page/{number}')\nsimulator.mounts",
    "a world": "simulator",
    "a moment": "loop.at(20)",
    "callers": """\
def scenario(seed):
    world = tm.Simulator(seed)
    world.numbers[FROM].voice_url = world.host("<Response><Say>Hi</Say></Response>", at=f"{IVR}/voice")
    return world.receive(BOB, FROM, phone="wait 9")

tm.simulate(scenario, callers=3, processes=1, progress=False)""",
    "exercises": "tm.exercises()",
}


@pytest.fixture(scope="module")
def notebook(open_notebook: Open) -> Notebook:
    opened = open_notebook("screen", (LOAD, *CELLS.values()))
    opened.run_all()
    opened.cell(len(CELLS)).html.wait_for()
    opened.screenshot("screen")
    return opened


@pytest.mark.parametrize("name", CELLS)
def test_nothing_is_taller_than_a_screen_without_a_fold(notebook: Notebook, name: str) -> None:
    shown = notebook.cell(1 + list(CELLS).index(name)).html

    assert shown.evaluate(_HEIGHT) <= _SCREEN


@pytest.mark.parametrize("name", CELLS)
def test_no_cell_of_a_table_is_squeezed_to_letters(notebook: Notebook, name: str) -> None:
    with notebook.as_wide(700):
        shown = notebook.cell(1 + list(CELLS).index(name)).html

        assert shown.evaluate(_SQUEEZED) == []
