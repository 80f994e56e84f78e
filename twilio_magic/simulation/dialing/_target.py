"""Whom the nouns of a <Dial> name, and how each is called.

Source: Twilio's pages "TwiML Voice: Dial", "Number", "Client", "Sip", "WhatsApp" and "Application".
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import field
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from ...api import operation
from ...endpoints import NotAnEndpoint, endpoint, sip_address
from ...records import dataclass
from ..phones._dialed_names import explain_name
from ._caller_id import caller_id

if TYPE_CHECKING:
    from ..legs._verb import Verb
    from ..webhooks._target import WebhookTarget


@dataclass(frozen=True, slots=True)
class Target:
    """One party to call: *asked* has what an API request for the call would say.

    *whisper* is the document that the party hears before the two are connected, *context* the place in which it runs,
    *carried* what travels with the call: custom parameters, SIP headers.
    """

    noun: str
    asked: Mapping[str, str]
    whisper: WebhookTarget | None = None
    context: str = "client-whisper"
    carried: Mapping[str, str] = field(default_factory=dict)

    @property
    def to(self) -> str:
        """The address of the party."""
        return self.asked["To"]


#: The document that the called party hears first: these do not stand for parameters of the same name.
_WHISPER = ("url", "method")


def targets(dial: Verb) -> list[Target]:
    """The parties that *dial* names, as many as Twilio calls; who cannot be called is told, and left out."""
    nouns = dial.inside() or (dial,)
    most = dial.element.row.limits["nouns_max"] if dial.element.row else len(nouns)
    for noun in nouns[most:]:
        noun.record_event(
            "failed", f"{noun.element.text} is not called: Twilio calls {most} at most"
        )
    found = (_target(noun, dial) for noun in nouns[:most])
    return [target for target in found if target is not None]


def _target(noun: Verb, dial: Verb) -> Target | None:
    name = noun.element.name
    if name not in _ADDRESSES:
        return None
    if noun is not dial:
        noun.record_unsupported_attributes()
    to = _ADDRESSES[name](noun)
    if to is None:
        noun.record_event(
            "failed", f"<{name}> (line {noun.element.line}) names nobody: nobody is called"
        )
    if not to or not _may_call(noun, to):
        return None
    from_ = caller_id(dial, name)
    if not from_:
        return None
    asked = {"To": to, "From": from_, "ParentCallSid": dial.leg.sid}
    asked["TimeLimit"] = str(dial["timeLimit"])
    if name == "Application":
        asked["ApplicationSid"] = to
        asked["To"] = dial.leg.to if noun["copyParentTo"] else to
    if noun is dial:
        return Target("Number", asked)
    return Target(
        noun=name,
        asked=asked | dict(_call_parameters(noun)),
        whisper=_whisper(noun),
        context="whisper" if name == "Number" else "client-whisper",
        carried=dict(_custom_parameters(noun)),
    )


def _may_call(noun: Verb, to: str) -> bool:
    """Whether the account may call *to*: on trial, verified numbers only (the code is guessed)."""
    account = noun.leg.world.account
    number = to.removeprefix("whatsapp:")
    if account.profile != "trial" or not number.startswith("+") or number in account.caller_ids:
        return True
    noun.fail("unreachable", f"{number} is not verified, and a trial account calls no other")
    return False


def _number(noun: Verb) -> str | None:
    text = noun.element.text
    if not text:
        return None
    try:
        number = endpoint(text).address
    except NotAnEndpoint:
        number = ""
    if not number.startswith("+"):
        why = explain_name(text, noun.leg.world.phones) or "it is no phone number"
        noun.fail("unreachable", f"{text!r} cannot be called: {why}")
        return ""
    return number


def _client(noun: Verb) -> str | None:
    """The identity alone: what stands behind a ``?`` are custom parameters."""
    identity = (_text_of(noun, "Identity") or noun.element.text).removeprefix("client:")
    return f"client:{identity.partition('?')[0]}" if identity else None


def _sip(noun: Verb) -> str | None:
    """The address alone: parameters behind a ``;`` and headers behind a ``?`` are not part of it.

    One without a scheme is a SIP address, too.
    """
    uris = [part for part in noun.inside() if part.element.name == "Uri"]
    for each in uris:
        each.record_unsupported_attributes()
    if len(uris) > 1:
        noun.record_event_once(
            "not simulated", f"<Uri> beside the first (line {noun.element.line})"
        )
    uri = uris[0].element.text if uris else noun.element.text
    return sip_address(uri.partition("?")[0].partition(";")[0].strip()) or None


def _sim(noun: Verb) -> str | None:
    return f"sim:{noun.element.text.removeprefix('sim:')}" if noun.element.text else None


def _whatsapp(noun: Verb) -> str | None:
    number = _number(noun)
    return number and f"whatsapp:{number}"


def _application(noun: Verb) -> str | None:
    return _text_of(noun, "ApplicationSid") or noun.element.text or None


#: How each noun, and plain text, names a party: ``None`` where it names nobody, empty for what is no number.
_ADDRESSES: Mapping[str, Callable[[Verb], str | None]] = {
    "Dial": _number,
    "Number": _number,
    "Client": _client,
    "Sip": _sip,
    "Sim": _sim,
    "WhatsApp": _whatsapp,
    "Application": _application,
}


def _text_of(noun: Verb, child: str) -> str:
    texts = (part.element.text for part in noun.inside() if part.element.name == child)
    return next(texts, "")


def _call_parameters(noun: Verb) -> Iterator[tuple[str, str]]:
    """The noun's attributes as parameters of an API request for the call: ``amd…`` is the asynchronous detection."""
    known = {parameter.name for parameter in operation("calls.create").parameters}
    given = {
        name
        for name in noun.element.attributes
        if name not in _WHISPER and noun.simulates(name) and _parameter(name) in known
    }
    for name in sorted(given):
        value = noun[name]
        if name in ("statusCallback", "amdStatusCallback"):
            source = noun.callback(value, "POST", "status callback")
            value = source.url if source else None
        if value is not None:
            text = " ".join(value) if isinstance(value, tuple) else str(value)
            yield _parameter(name), text
    if "machineDetection" in given:
        yield "AsyncAmd", "true"


def _parameter(attribute: str) -> str:
    if attribute.startswith("amd"):
        return f"AsyncAmd{attribute.removeprefix('amd')}"
    return attribute[0].upper() + attribute[1:]


def _whisper(noun: Verb) -> WebhookTarget | None:
    if not noun.element.attributes.get("url") or noun.element.name == "Application":
        return None
    return noun.callback(noun["url"], noun["method"], "whisper")


def _custom_parameters(noun: Verb) -> Iterator[tuple[str, str]]:
    """Custom parameters, and SIP headers in the query of an address or in elements of their own."""
    yield from parse_qsl(noun.element.text.partition("?")[2])
    for part in noun.inside():
        if part.element.name == "Parameter":
            yield part["name"] or "", part["value"] or ""
        elif part.element.name == "Headers":
            yield from ((each["name"] or "", each["value"] or "") for each in part.inside())
