"""A request that was not sent: what would travel, what would be ignored, and what it would cost."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..display import visible
from ..twiml import vocabulary
from ._theme import BAD, CARE, FAINT, MONO, WRAP, block, card, grid, heading, span

if TYPE_CHECKING:
    from markupsafe import Markup

    from ..api import Request
    from ..twiml import Document

#: What costs extra beside the minutes. Source: Twilio's page "Voice pricing".
_EXTRAS = {
    "Record": "recording it",
    "MachineDetection": "machine detection",
    "SipAuthUsername": "the SIP connection",
}


def bundle(request: Request) -> dict[str, str]:
    """The MIME bundle of *request*."""
    return {"text/plain": text(request), "text/html": str(html(request))}


def text(request: Request) -> str:
    """The request as plain text."""
    width = max((len(name) for name, _ in request.shown_form), default=0)
    return visible(
        "\n".join(
            [
                _title(request),
                *(f"  {name:<{width}} = {value}" for name, value in request.shown_form),
                *(f"! {warning}" for warning in request.warnings),
                cost(request),
            ]
        )
    )


def html(request: Request) -> Markup:
    """The request as HTML."""
    warnings = [block(f"! {warning}", f"color:{CARE}") for warning in request.warnings]
    cells = [
        span(part, f"font-family:{MONO};font-size:90%;{WRAP}")
        for pair in request.shown_form
        for part in pair
    ]
    return card(
        block(_title(request), f"font-weight:600;{WRAP}"),
        heading("Parameters"),
        grid("auto minmax(0,1fr)", cells),
        *warnings,
        block(cost(request), f"margin-top:8px;color:{BAD if request.is_live else FAINT}"),
    )


def cost(request: Request) -> str:
    """What sending the request would cost, in words; prices are Twilio's to say."""
    if not request.is_live:
        return "It would go to the simulator: nobody is called and nothing is charged."
    if not request.operation.costs:
        return "It would go to Twilio, and costs nothing."
    extras = ", ".join(_extras(request))
    also = f" Twilio also charges for {extras}." if extras else ""
    return (
        "It would go to Twilio and ring a real phone: each begun minute costs what Twilio's price list says for the "
        f"country of {request.first('To')}.{also}"
    )


def _extras(request: Request) -> Iterator[str]:
    for name, said in _EXTRAS.items():
        if request.first(name) not in ("", "false"):
            yield said
    if request.document is not None:
        yield from (f"the voice {visible(name)}" for name in _charged_voices(request.document))


def _charged_voices(document: Document) -> list[str]:
    """The voices in *document* that Twilio charges for: all but its own basic ones, also those that are not known."""
    named = (
        element.attributes.get(name)
        for element in document.elements()
        if element.row is not None
        for name, attribute in element.row.attributes.items()
        if attribute.type == "voice"
    )
    voices = (name for name in named if name and not _is_basic(name))
    return list(dict.fromkeys(voices))


def _is_basic(name: str) -> bool:
    voice = vocabulary().voices.get(name)
    return voice is not None and voice.provider == "basic"


def _title(request: Request) -> str:
    url = request.url.replace(request.account_sid, f"AC…{request.account_sid[-4:]}")
    return f"{request.method} {url} (not sent)"
