"""A person's call as a test for pytest: the same call, with scripts instead of people."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from ..addresses._addresses import find_public_application

if TYPE_CHECKING:
    from ..phones._person import Person
    from ._leg import Leg

_HEAD = """{title}

import twilio_magic as tm

PHONES = {{
{phones}}}
"""
#: Before the names of SIP headers.
_HEADER = "SipHeader_"
_BODY = """

def test_the_call_goes_as_it_went() -> None:
    simulator = tm.Simulator()
    simulator.phones.update(PHONES)
"""


def to_pytest(leg: Leg) -> str:
    """A module with one test. It places again the call that *leg* is part of, with scripts in place of its people.

    Web applications are left for its reader to mount.
    """
    call = leg
    while call.parent is not None:
        call = call.parent
    scripts = {address: person.script for address, person in _people_in(call)}
    phones = "".join(
        f"    {_one_line_literal(each)}: {_script_literal(text)},\n"
        for each, text in scripts.items()
    )
    inline = call.instructions.inline
    document = "" if inline is None else f"TWIML = {_literal(inline)}\n"
    lines = "".join(f"    {line}\n" for line in (*_placing_lines(call), *_assertions(call)))
    head = _HEAD.format(title=_title(leg.far_end), phones=phones)
    return f"{head}{document}{_BODY}{lines}"


def _people_in(call: Leg) -> Iterator[tuple[str, Person]]:
    """The people in *call*, and the address of each; the far end of the call itself comes first."""
    for leg in (call, *call.children):
        person = leg.phone.handset.person
        if person is not None and person.call_sid == leg.sid:
            yield leg.far_end, person


def _title(address: str) -> str:
    title = f"What somebody did at the phone {address}, as a test."
    return f'"""{title}"""' if _stands_as_it_is(title) else _one_line_literal(title)


def _placing_lines(call: Leg) -> Iterator[str]:
    """Lines that place the call, and wait for its end."""
    source = call.instructions.source
    if source is not None and _is_the_readers_own(source.url, call):
        yield f"# simulator.mount({_one_line_literal(source.url)}, app)  # your web application"
    if call.direction == "inbound":
        yield from _receiving_lines(call, source.parameters if source is not None else {})
    else:
        to, from_ = _one_line_literal(call.to), _one_line_literal(call.from_)
        given = "twiml=TWIML" if call.instructions.inline is not None else f"url={_address(call)}"
        yield "client = tm.Client(simulator=simulator)"
        yield f"call = client.calls.create(to={to}, from_={from_}, {given})"
    yield "call.wait()"


def _receiving_lines(call: Leg, told: Mapping[str, str]) -> Iterator[str]:
    """Lines that let the caller of *call* call, whose first request *told* more than the standard parameters."""
    to, from_ = _one_line_literal(call.to), _one_line_literal(call.from_)
    if not call.to:
        yield "client = tm.Client(simulator=simulator)"
        yield f"application = client.applications.create(voice_url={_address(call)})"
        yield f"call = simulator.receive({from_}, application.sid{_custom(told)})"
    elif "SipDomain" in told:
        domain = call.world.account.sip_domains.find(told["SipDomain"])
        name = _one_line_literal(domain.domain_name if domain else told["SipDomain"])
        headers = {
            name.removeprefix(_HEADER): value
            for name, value in told.items()
            if name.startswith(_HEADER)
        }
        yield f"simulator.sip_domains[{name}].voice_url = {_address(call)}"
        yield f"call = simulator.receive({from_}, {to}{_custom(headers)})"
    else:
        yield f"simulator.numbers[{to}].voice_url = {_address(call)}"
        yield f"call = simulator.receive({from_}, {to})"


def _custom(parameters: Mapping[str, str]) -> str:
    """Custom *parameters*, or headers, as an argument."""
    literal = _one_line_literal
    pairs = ", ".join(f"{literal(name)}: {literal(each)}" for name, each in parameters.items())
    return f", parameters={{{pairs}}}" if pairs else ""


def _is_the_readers_own(url: str, call: Leg) -> bool:
    return call.world.web.text_at(url) is None and find_public_application(url) is None


def _address(call: Leg) -> str:
    """The address of what the call ran, as Python."""
    url = "" if call.instructions.source is None else call.instructions.source.url
    document = call.world.web.text_at(url)
    return _one_line_literal(url) if document is None else f"simulator.host({_literal(document)})"


def _assertions(call: Leg) -> Iterator[str]:
    """Lines that say what is to come of it."""
    yield f"assert call.status == {_one_line_literal(call.status)}"
    gathered = [event.text for event in call.timeline if event.kind == "gathered"]
    if gathered:
        yield 'gathered = [event.text for event in call.timeline if event.kind == "gathered"]'
        yield f"assert gathered == [{', '.join(map(_one_line_literal, gathered))}]"
    yield "simulator.phones.check()"


def _script_literal(script: str) -> str:
    """A *script* as a literal of Python: a step a line, of which the last one may end with a quote."""
    return _literal(f"{script}\n" if "\n" in script else script)


def _literal(text: str) -> str:
    """*text* as a literal of Python, over several lines if it has them."""
    if "\n" not in text:
        return _one_line_literal(text)
    *lines, last = text.split("\n")
    written = [
        line if _stands_as_it_is(line.replace("\t", "")) else _escape(line) for line in lines
    ]
    end = last if _stands_as_it_is(last) and not last.endswith('"') else _escape(last)
    return "\n".join(['"""\\', *written, f'{end}"""'])


def _escape(line: str) -> str:
    """*line* as it stands between quotes, with a backslash before what would end them, and for what is invisible."""
    return _one_line_literal(line)[1:-1]


def _stands_as_it_is(text: str) -> bool:
    """Whether Python reads *text* between three quotes as it is written, and a person does, too."""
    return text.isprintable() and '"""' not in text and "\\" not in text


def _one_line_literal(text: str) -> str:
    """*text* as a literal of Python in one line: JSON's, unless some characters are invisible."""
    written = json.dumps(text, ensure_ascii=False)
    return written if written.isprintable() else ascii(text)
