"""Whatever a document says, and whatever is wrong in it: a call runs it to its end."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

import twilio_magic as tm
from tests.calls import FROM, TO, placing
from tests.twiml.documents import Node, documents

VOICE = "https://ivr.example.com/voice"
#: Where the URLs of the documents lead: nothing is asked for over the network.
ELSEWHERE = ("https://example.com", "https://example.com:8443", "https://ivr.example.com/next")
#: Values that mean nothing, or something surprising, in most places.
ODD = st.sampled_from(
    [
        "",
        "0",
        "-1",
        "99999999",
        "1.5",
        "soon",
        "true",
        "http://[",
        "//[",
        "mailto:x",
        "{",
        "{{From}}",
    ]
)
PHONES = st.sampled_from(
    [
        "answer; wait 3; hang up",
        "answer; press 1; press 12AB#; wait 9; hang up",
        'answer; say "hello"; press *; wait 9; hang up',
        'machine "Nobody is here."',
    ]
)


def spoil(root: Node, data: st.DataObject) -> str:
    """The text of *root* after some of its values have become odd ones."""
    for node in root.all():
        for name in node.attributes:
            node.attributes[name] = data.draw(ODD | st.just(node.attributes[name]))
        if node.text:
            node.text = data.draw(ODD | st.just(node.text))
    return root.write()


@given(documents(), PHONES, st.booleans(), st.data())
@settings(max_examples=100)
def test_a_call_runs_any_document_to_its_end(
    root: Node, phone: str, inline: bool, data: st.DataObject
) -> None:
    simulator = tm.Simulator()
    text = spoil(root, data)
    requests = iter([text])
    for address in (VOICE, *ELSEWHERE):
        simulator.webhook(address)(lambda: next(requests, "<Response><Hangup/></Response>"))
    simulator.numbers[FROM].voice_url = VOICE
    simulator.phones["*"] = phone
    if inline and len(text) <= 4000:
        call = tm.Client(simulator=simulator).calls.create(to=TO, from_=FROM, twiml=text).wait()
    else:
        call = placing(simulator)(url=VOICE, phone=phone)

    assert call.is_over
    assert call._repr_mimebundle_()["text/plain"]
    assert all(recording.status != "in-progress" for recording in call.recordings)
