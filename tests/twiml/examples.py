"""The example on the page of each element: a document, a phone, and what the simulator says of the call."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import twilio_magic as tm
from twilio_magic.views import call_text

_TO, _FROM, _OTHER = "+13105555555", "+12125551234", "+14155550100"
_IVR = "https://ivr.example.com"
_AGENT = "wss://ivr.example.com/agent"
_SOUND = "wss://ivr.example.com/sound"

#: What is dialed in the examples, and what answers below the address of their application.
_PHONES = {
    _OTHER: "answer; wait 1; say 'Hello, this is Ann.'; wait 1; hang up",
    "client:ann": "answer; say 'Hello, this is Ann.'; hang up",
    "whatsapp:+14155550100": "answer; say 'Hello, this is Ann.'; hang up",
    "sip:ann@example.com": "answer; say 'Hello, this is Ann.'; hang up",
}
_PAGES = {
    "next": "<Response><Say>Thank you. Goodbye.</Say></Response>",
    "hold": "<Response><Say>Please hold.</Say><Pause length='5'/><Leave/></Response>",
    "screen": "<Response><Say>A call from the web site.</Say></Response>",
}
#: Examples of calls that come in: who calls, and what is called.
_INBOUND = {
    "Reject": (_TO, _FROM),
    "Refer": ("sip:bob@example.com", "sip:bakery@acme.sip.twilio.com"),
}
_WAITS = f"{_OTHER} waits in the queue `support`."

#: What the phone does where an example does not say it.
_LISTENS = "answer"
#: The body of the document, and what the phone does, by element.
_EXAMPLES: dict[str, str | tuple[str, str]] = {
    "AiSession": "<Connect>\n  <AiSession/>\n</Connect>",
    "Annotate": "<Annotate>\n  <BillingReferenceTag>summer</BillingReferenceTag>\n</Annotate>\n<Say>Hello.</Say>",
    "Application": "<Dial>\n  <Application>{application}</Application>\n</Dial>",
    "ApplicationSid": (
        "<Dial>\n  <Application>\n    <ApplicationSid>{application}</ApplicationSid>\n"
        '    <Parameter name="room" value="blue"/>\n  </Application>\n</Dial>'
    ),
    "Assistant": '<Connect>\n  <Assistant id="aia_asst_1"/>\n</Connect>',
    "Autopilot": "<Connect>\n  <Autopilot>UA00000000000000000000000000000000</Autopilot>\n</Connect>",
    "BillingReferenceTag": (
        "<Annotate>\n  <BillingReferenceTag>summer</BillingReferenceTag>\n</Annotate>\n<Say>Hello.</Say>"
    ),
    "Client": "<Dial>\n  <Client>ann</Client>\n</Dial>",
    "Conference": (
        '<Dial>\n  <Conference startConferenceOnEnter="true">Room 1</Conference>\n</Dial>',
        "answer; wait 3; hang up",
    ),
    "Config": (
        '<Connect>\n  <VirtualAgent connectorName="flow">\n    <Config name="language" value="en"/>\n'
        "  </VirtualAgent>\n</Connect>"
    ),
    "Connect": (
        f'<Connect>\n  <ConversationRelay url="{_AGENT}" welcomeGreeting="How can I help?"/>\n</Connect>',
        "hear 'help'; say 'Are you open?'; hear 'five'; hang up",
    ),
    "Conversation": "<Connect>\n  <Conversation/>\n</Connect>",
    "ConversationRelay": (
        f'<Connect>\n  <ConversationRelay url="{_AGENT}" welcomeGreeting="How can I help?"/>\n</Connect>',
        "hear 'help'; say 'Are you open?'; hear 'five'; hang up",
    ),
    "ConversationRelaySession": "<Connect>\n  <ConversationRelaySession/>\n</Connect>",
    "Dial": f'<Dial timeout="20" action="{_IVR}/next">{_OTHER}</Dial>',
    "Echo": ("<Echo/>", "say 'Hello?'; wait 3; hang up"),
    "Enqueue": (
        f'<Enqueue waitUrl="{_IVR}/hold" action="{_IVR}/next">support</Enqueue>',
        "answer",
    ),
    "Failover": (
        (
            f'<Connect>\n  <ConversationRelay url="{_AGENT}" welcomeGreeting="How can I help?">\n'
            '    <Failover>\n      <Language code="en-US" ttsProvider="Amazon"/>\n    </Failover>\n'
            "  </ConversationRelay>\n</Connect>"
        ),
        "hear 'help'; hang up",
    ),
    "Gather": (
        (
            f'<Gather numDigits="1" action="{_IVR}/next">\n  <Say>Press 1 for bread.</Say>\n</Gather>\n'
            "<Say>We did not hear a key.</Say>"
        ),
        "hear 'bread'; press 1",
    ),
    "Hangup": "<Say>Goodbye.</Say>\n<Hangup/>",
    "Header": (
        "<Dial>\n  <Sip>\n    <Uri>sip:ann@example.com</Uri>\n    <Headers>\n"
        '      <Header name="X-Room" value="blue"/>\n    </Headers>\n  </Sip>\n</Dial>'
    ),
    "Headers": (
        "<Dial>\n  <Sip>\n    <Uri>sip:ann@example.com</Uri>\n    <Headers>\n"
        '      <Header name="X-Room" value="blue"/>\n    </Headers>\n  </Sip>\n</Dial>'
    ),
    "Identity": "<Dial>\n  <Client>\n    <Identity>ann</Identity>\n  </Client>\n</Dial>",
    "Language": (
        (
            f'<Connect>\n  <ConversationRelay url="{_AGENT}" welcomeGreeting="How can I help?">\n'
            '    <Language code="en-GB"/>\n  </ConversationRelay>\n</Connect>'
        ),
        "hear 'help'; say 'Are you open?'; hear 'five'; hang up",
    ),
    "Leave": f'<Enqueue waitUrl="{_IVR}/hold" action="{_IVR}/next">support</Enqueue>',
    "Number": f'<Dial>\n  <Number url="{_IVR}/screen">{_OTHER}</Number>\n</Dial>',
    "Parameter": (
        (
            f'<Connect>\n  <ConversationRelay url="{_AGENT}" welcomeGreeting="How can I help?">\n'
            '    <Parameter name="customer" value="42"/>\n  </ConversationRelay>\n</Connect>'
        ),
        "hear 'help'; hang up",
    ),
    "Pause": '<Say>One moment.</Say>\n<Pause length="3"/>\n<Say>Here I am again.</Say>',
    "Pay": (
        f'<Pay chargeAmount="20.00" action="{_IVR}/next"/>',
        "press 4242424242424242#; press 1230; press 123; press 94105#",
    ),
    "Play": '<Play digits="1w2"/>\n<Play>https://demo.twilio.com/docs/classic.mp3</Play>',
    "Prompt": (
        (
            f'<Pay chargeAmount="20.00" action="{_IVR}/next">\n  <Prompt for="payment-card-number">\n'
            "    <Say>Your card number, please.</Say>\n  </Prompt>\n</Pay>"
        ),
        "hear 'please'; hang up",
    ),
    "Queue": (
        "<Dial>\n  <Queue>support</Queue>\n</Dial>",
        "wait 2; say 'Hello, how can I help?'; hear 'hungry'; hang up",
    ),
    "Record": (
        f'<Say>Leave a message.</Say>\n<Record maxLength="30" action="{_IVR}/next"/>',
        "hear beep; say 'Please call me back.'; press #",
    ),
    "Recording": f'<Start>\n  <Recording channels="dual"/>\n</Start>\n<Dial>{_OTHER}</Dial>',
    "Redirect": f"<Redirect>{_IVR}/next</Redirect>",
    "Refer": "<Refer>\n  <Sip>sip:ann@example.com</Sip>\n</Refer>",
    "Reject": '<Reject reason="busy"/>',
    "Response": "<Say>Hello.</Say>",
    "Room": "<Connect>\n  <Room>blue</Room>\n</Connect>",
    "Say": '<Say voice="Polly.Joanna">Welcome to the bakery.</Say>',
    "Sim": "<Dial>\n  <Sim>DE00000000000000000000000000000000</Sim>\n</Dial>",
    "Sip": "<Dial>\n  <Sip>sip:ann@example.com</Sip>\n</Dial>",
    "Siprec": '<Start>\n  <Siprec name="compliance" connectorName="recorder"/>\n</Start>\n<Say>Hello.</Say>',
    "Sms": f'<Sms to="{_OTHER}">Your table is ready.</Sms>\n<Say>We have sent you a message.</Say>',
    "Start": f'<Start>\n  <Stream name="ear" url="{_SOUND}"/>\n</Start>\n<Say>Somebody listens.</Say>',
    "Stop": (
        f'<Start>\n  <Stream name="ear" url="{_SOUND}"/>\n</Start>\n<Say>Somebody listens.</Say>\n'
        '<Stop>\n  <Stream name="ear"/>\n</Stop>\n<Say>Now nobody does.</Say>'
    ),
    "Stream": f'<Start>\n  <Stream name="ear" url="{_SOUND}"/>\n</Start>\n<Say>Somebody listens.</Say>',
    "Task": (
        f'<Enqueue workflowSid="WW00000000000000000000000000000000" waitUrl="{_IVR}/hold" action="{_IVR}/next">\n'
        '  <Task>{"language": "en"}</Task>\n</Enqueue>'
    ),
    "Transcription": (
        f'<Start>\n  <Transcription statusCallbackUrl="{_IVR}/next"/>\n</Start>\n<Say>We write along.</Say>'
    ),
    "Uri": "<Dial>\n  <Sip>\n    <Uri>sip:ann@example.com</Uri>\n  </Sip>\n</Dial>",
    "VirtualAgent": '<Connect>\n  <VirtualAgent connectorName="flow"/>\n</Connect>',
    "WhatsApp": '<Dial callerId="whatsapp:+12125551234">\n  <WhatsApp>+14155550100</WhatsApp>\n</Dial>',
    "break": '<Say>\n  One moment. <break time="2s"/> Here I am again.\n</Say>',
    "emphasis": '<Say>\n  This is <emphasis level="strong">really</emphasis> important.\n</Say>',
    "lang": '<Say>\n  The French say <lang xml:lang="fr-FR">bonjour</lang>\n</Say>',
    "p": "<Say>\n  <p>Welcome to the bakery.</p>\n  <p>What would you like?</p>\n</Say>",
    "phoneme": '<Say>\n  <phoneme alphabet="ipa" ph="pɪˈkɑːn">pecan</phoneme> pie\n</Say>',
    "prosody": '<Say>\n  <prosody rate="slow">Slowly, please.</prosody>\n</Say>',
    "s": "<Say>\n  <s>Welcome to the bakery</s>\n  <s>What would you like</s>\n</Say>",
    "say-as": '<Say>\n  Your code is <say-as interpret-as="digits">4711</say-as>\n</Say>',
    "sub": '<Say>\n  We are the <sub alias="World Wide Web Consortium">W3C</sub>\n</Say>',
    "w": '<Say>\n  I <w role="amazon:VBD">read</w> the book.\n</Say>',
}


def example(name: str) -> list[str]:
    """The lines of the example on the page of the element *name*: the document, the phone, and what happens."""
    given = _EXAMPLES[name]
    body, phone = (given, _LISTENS) if isinstance(given, str) else given
    simulator = _world()
    application = tm.Client(simulator=simulator).applications.create(voice_url=f"{_IVR}/next")
    body = body.replace("{application}", application.sid)
    text = "\n".join(["<Response>", *(f"  {line}" for line in body.splitlines()), "</Response>"])
    shown = ["```xml", text, "```", "", *_tell(text, phone, name), ""]
    return [*shown, "```text", *_run(simulator, text, phone, name), "```"]


def _tell(text: str, phone: str, name: str) -> list[str]:
    """What has to be known of the example beside its document."""
    told = [
        f"At `{_IVR}/{path}` stands `{page}`."
        for path, page in _PAGES.items()
        if f'"{_IVR}/{path}"' in text or f">{_IVR}/{path}<" in text
    ]
    if _AGENT in text:
        told.append(f"The agent at `{_AGENT}` always says “Yes, until five.”")
    told += [_WAITS] if name == "Queue" else []
    if phone != _LISTENS:
        told.append(f"The phone does `{phone}`.")
    told.append(
        "What happens when a call comes in:" if name in _INBOUND else "What happens in a call:"
    )
    return [" ".join(told)]


def _world() -> tm.Simulator:
    """A world with the parties, pages and sockets that the examples name."""
    simulator = tm.Simulator(seed=0, network=False)
    for address, script in _PHONES.items():
        simulator.phones[address] = script
    for path, text in _PAGES.items():
        simulator.host(text, at=f"{_IVR}/{path}")
    simulator.agent(_AGENT)(_answer)
    simulator.mount(_SOUND.replace("wss:", "https:"), _listen)
    return simulator


def _answer(_: str) -> str:
    return "Yes, until five."


async def _listen(
    scope: Any,
    receive: Callable[[], Awaitable[Any]],
    send: Callable[[Any], Awaitable[None]],
) -> None:
    """An application that takes the sound of calls, and does nothing with it."""
    if scope["type"] != "websocket":
        return
    await send({"type": "websocket.accept"})
    while (await receive())["type"] != "websocket.disconnect":
        pass


def _run(simulator: tm.Simulator, text: str, phone: str, name: str) -> list[str]:
    """What happens in a call that runs *text*, from its first request on."""
    if name == "Queue":
        simulator.phones[_OTHER] = "answer; hear 'help'; say 'I am hungry.'"
        _call(simulator, _OTHER, "<Response><Enqueue>support</Enqueue></Response>")
        simulator.advance(10)
    if name in _INBOUND:
        caller, called = _INBOUND[name]
        owner = simulator.sip_domains if called.startswith("sip:") else simulator.numbers
        owner[called.partition("@")[2] or called].voice_url = simulator.host(text)
        call = simulator.receive(caller, called, phone=phone)
    else:
        simulator.phones[_TO] = phone
        call = _call(simulator, _TO, text)
    simulator.advance(90)
    lines = call_text(call.fetch()).splitlines()
    first = next(number for number, line in enumerate(lines) if "fetched" in line)
    return [line.rstrip() for line in lines[first + 1 :]]


def _call(simulator: tm.Simulator, to: str, text: str) -> tm.Call:
    client = tm.Client(simulator=simulator)
    return client.calls.create(to=to, from_=_FROM, url=simulator.host(text))
