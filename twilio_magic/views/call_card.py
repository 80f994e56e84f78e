"""The card of a call: who called whom, what became of it, and what happened, in order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from markupsafe import Markup

from ..api import FINAL
from ..timeline import Kind, clock
from ._look import BAD, CALM, CARE, FAINT, GOOD, MONO, block, card, grid, heading, span

if TYPE_CHECKING:
    from ..api import Call
    from ..timeline import Event

_COLOUR: Mapping[Kind, str] = {
    "failed": BAD,
    "warned": CARE,
    "not simulated": CARE,
    "said": CALM,
    "spoke": CALM,
    "pressed": CALM,
}
_MARK: Mapping[Kind, str] = {"failed": "✗", "warned": "!", "not simulated": "!"}


def bundle(call: Call) -> dict[str, str]:
    """The MIME bundle of *call*."""
    return {"text/plain": text(call), "text/html": str(html(call))}


def text(call: Call) -> str:
    """The card as plain text, one line an event."""
    lines = [_title(call), *(f"! {warning}" for warning in call.warnings), ""]
    return "\n".join([*lines, *(_line(event) for event in call.timeline)])


def html(call: Call) -> Markup:
    """The card as HTML."""
    warnings = [block(f"! {warning}", f"color:{CARE}") for warning in call.warnings]
    return card(
        block(Markup("{} &nbsp; {}").format(_status(call), _parties(call)), "font-size:105%"),
        block(call.sid, f"color:{FAINT};font-family:{MONO};font-size:80%"),
        *warnings,
        heading("What happened"),
        grid("auto auto 1fr", _cells(call)),
    )


def _title(call: Call) -> str:
    return f"Call {call.sid}: {call.from_} → {call.to}, {_outcome(call)}"


def _outcome(call: Call) -> str:
    lasted = f" after {call.duration} s" if call.duration is not None else ""
    return f"{call.status}{lasted}{_errors(call)}"


def _line(event: Event) -> str:
    mark = _MARK.get(event.kind, " ")
    return f"{clock(event.at):>8} {mark} {event.kind:<13}  {event.text}".rstrip()


def _errors(call: Call) -> str:
    """The codes of what failed in the call, in words; empty where nothing did."""
    codes = {
        str(event.data["code"])
        for event in call.timeline
        if event.kind == "failed" and "code" in event.data
    }
    return f", with error {', '.join(sorted(codes))}" if codes else ""


def _status(call: Call) -> Markup:
    over = call.status in FINAL
    well = call.status == "completed" and not any(event.kind == "failed" for event in call.timeline)
    colour = GOOD if well else BAD if over else CALM
    style = (
        f"border:1px solid {colour};color:{colour};border-radius:9px;padding:0 8px;font-weight:600"
    )
    return span(_outcome(call), style)


def _parties(call: Call) -> Markup:
    return Markup("<b>{}</b> → <b>{}</b>").format(call.from_, call.to)


def _cells(call: Call) -> Iterator[Markup]:
    for event in call.timeline:
        colour = _COLOUR.get(event.kind, "inherit")
        mark = _MARK.get(event.kind, "")
        yield span(clock(event.at), f"color:{FAINT};font-family:{MONO};text-align:right")
        yield span(f"{mark} {event.kind}".strip(), f"color:{colour};white-space:nowrap")
        yield span(event.text, f"color:{colour};overflow-wrap:anywhere")
