"""A person's call as a test for pytest: the same call, with a script in the person's place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from .._demo import DEMO_HOST

if TYPE_CHECKING:
    from ..legs._leg import Leg

_HEAD = '''"""What somebody did at the phone {address}, as a test."""

import twilio_magic as tm

SCRIPT = {script}
'''
_BODY = """

def test_the_call_goes_as_it_went() -> None:
    simulator = tm.Simulator()
"""


def test_of(leg: Leg, script: str) -> str:
    """A module with one test. It places the call of *leg* again; web applications are left for its reader to mount."""
    inline = leg.instructions.inline
    document = "" if inline is None else f"TWIML = {_quoted(inline)}\n"
    head = _HEAD.format(address=leg.far_end, script=_quoted(script))
    lines = [f"    {line}\n" for line in (*_call(leg), *_claims(leg))]
    return f"{head}{document}{_BODY}{''.join(lines)}"


def _call(leg: Leg) -> Iterator[str]:
    """Lines that place the call."""
    source = leg.instructions.source
    if source is not None and _is_the_readers_own(source.url, leg):
        yield f"# simulator.mount({source.url!r}, app)  # what answered there: your web application"
    if leg.direction == "inbound":
        yield f"simulator.numbers[{leg.to!r}].voice_url = {_address(leg)}"
        yield f"call = simulator.receive({leg.from_!r}, {leg.to!r}, phone=SCRIPT)"
    else:
        given = "twiml=TWIML" if leg.instructions.inline is not None else f"url={_address(leg)}"
        yield f"simulator.phones[{leg.far_end!r}] = SCRIPT"
        yield "client = tm.Client(simulator=simulator)"
        yield f"call = client.calls.create(to={leg.to!r}, from_={leg.from_!r}, {given})"
    yield "call.wait()"
    yield ""


def _is_the_readers_own(url: str, leg: Leg) -> bool:
    return leg.world.web.hosted(url) is None and not url.startswith(DEMO_HOST)


def _address(leg: Leg) -> str:
    """The address of what the call ran, as Python."""
    url = "" if leg.instructions.source is None else leg.instructions.source.url
    document = leg.world.web.hosted(url)
    return repr(url) if document is None else f"simulator.host({_quoted(document)})"


def _claims(leg: Leg) -> Iterator[str]:
    """Lines that say what is to come of it."""
    yield f"assert call.status == {leg.status!r}"
    gathered = [event.text for event in leg.timeline if event.kind == "gathered"]
    if gathered:
        yield 'gathered = [event.text for event in call.timeline if event.kind == "gathered"]'
        yield f"assert gathered == {gathered!r}"
    yield "simulator.phones.check()"


def _quoted(text: str) -> str:
    """*text* as a literal of Python, over several lines if it has them."""
    if "\n" not in text or '"""' in text or "\\" in text or text.endswith('"'):
        return repr(text)
    return f'"""\\\n{text}"""'
