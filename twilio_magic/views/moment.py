"""One moment of a call: what Twilio does, who hears what, and who takes part."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..display import visible_line
from ..timeline import clock
from ._theme import CALM, FAINT, WRAP, block, card, grid, span

if TYPE_CHECKING:
    from markupsafe import Markup

    from ..moment import CallMoment


def bundle(moment: CallMoment) -> dict[str, str]:
    """The MIME bundle of *moment*."""
    return {"text/plain": text(moment), "text/html": str(html(moment))}


def text(moment: CallMoment) -> str:
    """The moment as plain text."""
    rows = [f"  {name:<8} {value}" for name, value in _rows(moment)]
    return "\n".join(map(visible_line, [_title(moment), *rows]))


def html(moment: CallMoment) -> Markup:
    """The moment as HTML."""
    cells = [
        part
        for name, value in _rows(moment)
        for part in (span(name, f"color:{FAINT}"), span(value, WRAP))
    ]
    return card(
        block(_title(moment), f"color:{CALM};font-weight:600"), grid("auto minmax(0,1fr)", cells)
    )


def _title(moment: CallMoment) -> str:
    doing = f", in <{moment.verb}>" if moment.verb else ""
    return f"{clock(moment.at)}: {moment.status}{doing}"


def _rows(moment: CallMoment) -> Iterator[tuple[str, str]]:
    for heard in moment.heard:
        yield "heard", str(heard)
    if not moment.heard:
        yield "heard", "silence"
    for phone, status in moment.parties.items():
        yield "party", f"{moment.names.get(phone, '')} {phone}: {status}".lstrip()
    if moment.last is not None:
        yield "last", f"{moment.last.kind} {moment.last.text}".strip()
