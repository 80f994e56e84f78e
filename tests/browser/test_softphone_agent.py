"""The softphone and a voice agent in a real JupyterLab: typed and dictated words, a voice, an interruption."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from .conftest import Open
from .test_softphone import LOAD, NUMBER, SHOWN, phone_in

pytestmark = pytest.mark.browser

AGENT = f'''\
import asyncio

@simulator.agent("wss://agent.example.com/ws")
async def bakery(prompt):
    await asyncio.sleep(0.5)
    yield "We are open from nine to five, " * 20 if "open" in prompt else "On Sundays we bake."

relay = """<ConversationRelay url="wss://agent.example.com/ws" language="en-GB"
             welcomeGreeting="How can I help you?"/>"""
url = simulator.host(f"<Response><Connect>{{relay}}</Connect></Response>")
simulator.numbers["{NUMBER}"].voice_url = url'''
#: The browser's voice and ear, written down and prompted: a browser without a screen has neither.
_VOICE_AND_EAR = """() => {
    window.spoken = [];
    speechSynthesis.speak = (utterance) => window.spoken.push(utterance.text);
    speechSynthesis.cancel = () => window.spoken.push("(silence)");
    window.SpeechRecognition = class {
        start() {
            window.languages = [this.lang, ...(window.languages ?? [])];
            this.onstart();
            this.onresult({ results: [[{ transcript: "And on Sundays, please?", confidence: 0.8 }]] });
            this.onend();
        }
    };
}"""


def test_a_person_talks_with_an_agent_in_real_time_and_interrupts_it(open_notebook: Open) -> None:
    notebook = open_notebook("softphone-agent", (LOAD, AGENT, SHOWN, "tm.client().calls[0]"))
    notebook.page.evaluate(_VOICE_AND_EAR)
    for index in range(3):
        notebook.go_to(index)
        notebook.run()
    phone = phone_in(notebook, 2)
    expect(phone.root).to_be_visible()

    phone.number.fill(NUMBER)
    phone.button("Call the number").click()
    expect(phone.log).to_contain_text("Agent How can I help you?")
    phone.say("When are you open?")
    expect(phone.log).to_contain_text("Agent We are open from nine to five,")
    phone.root.get_by_role("button", name="Dictate").click()
    expect(phone.log).to_contain_text(" …")
    expect(phone.log).to_contain_text("Agent On Sundays we bake.")
    phone.screenshot("softphone-agent")
    notebook.page.wait_for_function("() => window.spoken.includes('On Sundays we bake.')")
    spoken = notebook.page.evaluate("window.spoken")
    phone.button("Hang up").click()
    expect(phone.display).to_contain_text("Call ended: completed")

    assert notebook.page.evaluate("window.languages") == ["en-GB"]
    assert spoken[0] == "How can I help you?"
    first = next(place for place, words in enumerate(spoken) if words.startswith("We are open"))
    last = spoken.index("On Sundays we bake.")
    assert "(silence)" in spoken[first:last]
    notebook.go_to(3)
    notebook.run()
    expect(notebook.cell(3).html).to_contain_text("From the caller's last word")
    notebook.screenshot("softphone-agent-card")
    assert notebook.hosts == {"127.0.0.1"}
