"""What it costs to check a document, against reading it with lxml and building it with the official SDK."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from lxml import etree

from twilio_magic.twiml import check, parse

from .ratio import Ratio
from .timing import side_by_side

#: About 2 KB and 25 elements, without a problem in it.
DOCUMENT = """\
<?xml version="1.0" encoding="UTF-8"?>
<Response>
  <Say voice="Polly.Joanna" language="en-US">Thank you for calling the Riverside Clinic. This call may be recorded
    for quality and training.</Say>
  <Pause length="1"/>
  <Gather input="dtmf speech" numDigits="1" timeout="8" action="https://ivr.example.com/menu" method="POST"
          language="en-US" hints="appointments, pharmacy, billing">
    <Say voice="Polly.Joanna" language="en-US">For appointments, press 1. For the pharmacy, press 2.</Say>
    <Pause length="1"/>
    <Say voice="Polly.Joanna" language="en-US">For billing, press 3. To hear this again, press 9.</Say>
    <Play loop="1">https://ivr.example.com/sounds/chime.mp3</Play>
  </Gather>
  <Say voice="Polly.Joanna">Sorry, we did not <emphasis level="strong">hear</emphasis> you.
    <break time="500ms"/> Connecting you now.</Say>
  <Start>
    <Stream name="support" url="wss://media.example.com/audio" track="both_tracks">
      <Parameter name="clinic" value="riverside"/>
      <Parameter name="language" value="en"/>
    </Stream>
  </Start>
  <Dial timeout="20" timeLimit="3600" callerId="+14155550100" record="record-from-answer-dual" answerOnBridge="true">
    <Number statusCallback="https://ivr.example.com/status"
            statusCallbackEvent="initiated ringing answered completed">+14155550111</Number>
    <Number url="https://ivr.example.com/whisper">+14155550112</Number>
    <Client><Identity>front-desk</Identity><Parameter name="from" value="main line"/></Client>
  </Dial>
  <Say>All our lines are busy. Please leave a message after the tone, and press the pound key when you are done.</Say>
  <Record maxLength="60" timeout="5" playBeep="true" action="https://ivr.example.com/recorded" transcribe="true"/>
</Response>
"""
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)


def measure() -> Iterator[Ratio]:
    """Ratios of `check` to lxml, to the SDK, and to itself on a larger text."""
    if check(DOCUMENT):
        raise SystemExit("the document of this benchmark is meant to be without a problem")
    data = DOCUMENT.encode()

    def read() -> None:
        etree.fromstring(data, _PARSER)

    again = side_by_side(lambda: check(DOCUMENT), read, 2000)
    yield Ratio("check of 2 KB / lxml reading it", *again, aim=6)
    number = count()
    fresh = side_by_side(lambda: check(_another(next(number))), read, 2000)
    yield Ratio(
        "the same, with words never seen before",
        *fresh,
        note="nothing is remembered but attributes",
    )
    code = compile(parse(DOCUMENT).to_python("sdk") + "str(response)", "<sdk>", "exec")
    built = side_by_side(lambda: check(DOCUMENT), lambda: exec(code, {}), 1000)  # noqa: S102 - our own code
    yield Ratio("check of 2 KB / the SDK building it", *built, aim=1)
    yield _by_size()


def _another(number: int) -> str:
    return (
        DOCUMENT.replace("you", f"you{number}")
        .replace("press", f"press{number}")
        .replace("+1415", f"+1{number % 900 + 100}")
    )


def _by_size() -> Ratio:
    body = "<Say>Thank you for calling. Please stay on the line, and we will be with you.</Say>\n"
    small, large = (
        f"<Response>\n{body * (size // len(body))}</Response>" for size in (1_000, 64_000)
    )
    long, short = side_by_side(lambda: check(large), lambda: check(small), 200)
    return Ratio("a byte of 64 KB / a byte of 1 KB", long / len(large), short / len(small), aim=1.5)
