"""What it costs to show a document below its cell: the time, and the size of the HTML that the notebook keeps."""

from __future__ import annotations

from collections.abc import Iterator

from twilio_magic.twiml import parse
from twilio_magic.views.preview import html

from .check_twiml import write_documents
from .ratio import Ratio
from .timing import rounds, seconds

_MILLI, _KILO = 1e-3, 1e3
#: The most seconds and bytes that we want, by the size of the document.
_BUDGETS = {2_000: (4 * _MILLI, 20 * _KILO), 64_000: (70 * _MILLI, 200 * _KILO)}


def measure() -> Iterator[Ratio]:
    """The checking and the explaining are part of it. Documents are one line and clean."""
    for size, (budget, room) in _BUDGETS.items():
        texts = write_documents("clean", size, max(4, rounds(20)))
        spent = min(seconds(lambda: html(parse(text))) for text in texts)  # noqa: B023 - called at once
        largest = max(len(html(parse(text)).encode()) for text in texts)
        shown = f"{size / 1000:g} kB"
        yield Ratio(f"preview of {shown} / {budget / _MILLI:g} ms", spent, budget, aim=1)
        yield Ratio(
            f"HTML of a preview of {shown} / {room / _KILO:g} kB", largest, room, 1, unit="bytes"
        )
