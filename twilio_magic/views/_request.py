"""The requests that a call made to web applications, each folded: what was sent, signed and answered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from markupsafe import Markup

from ..excerpt import Gap, excerpt
from ..timeline import clock, what_was_asked
from ._source import highlight
from ._theme import BAD, FAINT, GOOD, INK, MONO, block, fold, heading, plain, span, verbatim

if TYPE_CHECKING:
    from ..timeline import Exchange

_MOST = 40
_LONGEST = 4000  # characters of a reply; the rest is in call.webhooks


def requests(exchanges: Sequence[Exchange]) -> Markup:
    """One fold for each of *exchanges*; of many, for the first and last, and for those that are unlike."""
    return Markup("").join(
        _between(part) if isinstance(part, Gap) else _fold_exchange(part)
        for part in excerpt(exchanges, what_was_asked, _MOST)
    )


def _fold_exchange(exchange: Exchange) -> Markup:
    return fold(_summary(exchange), *_details(exchange), style="padding-left:1em")


def _between(gap: Gap[Exchange]) -> Markup:
    more = gap.describe("requests", ", in call.webhooks")
    return block(more, f"color:{FAINT};padding-left:1em")


def _summary(exchange: Exchange) -> Markup:
    parts = [
        span(clock(exchange.at), f"font-family:{MONO};font-size:90%"),
        span(_subject(exchange), f"color:{INK}"),
        Markup("→"),
        _outcome(exchange),
    ]
    return Markup(" ").join(parts)


def _subject(exchange: Exchange) -> str:
    again = f" (attempt {exchange.attempt})" if exchange.attempt > 1 else ""
    return f"{exchange.event or exchange.purpose}{again}: {exchange.method} {exchange.url}"


def _outcome(exchange: Exchange) -> Markup:
    came = "no answer" if exchange.status is None else str(exchange.status)
    wrong = f" ✗ {exchange.code}: {exchange.error}" if exchange.code else ""
    fault = f" (fault: {exchange.fault})" if exchange.fault else ""
    is_well = not wrong and exchange.status is not None and exchange.status < 400
    return span(f"{came}{wrong}{fault}", f"color:{GOOD if is_well else BAD};font-weight:600")


def _details(exchange: Exchange) -> Iterator[Markup]:
    yield heading("Parameters")
    yield _list_pairs(exchange.parameters.items())
    yield heading("Signature")
    yield _list_pairs([("X-Twilio-Signature", exchange.signature)] if exchange.signature else [])
    for address in exchange.redirects:
        yield heading(f"Redirected to {address}")
    if exchange.traceback:
        yield heading("The application raised")
        yield verbatim(exchange.traceback)
    kind = f", {exchange.content_type}" if exchange.content_type else ""
    yield heading(f"Reply after {exchange.seconds:g} s{kind}")
    is_sound = exchange.content_type.startswith("audio/")
    yield verbatim(Markup("<i>a sound</i>")) if is_sound else _reply(exchange.reply)


def _list_pairs(pairs: Iterable[tuple[str, str]]) -> Markup:
    lines = [Markup("{} = {}").format(plain(name), plain(value)) for name, value in pairs]
    return verbatim(Markup("\n").join(lines) if lines else Markup("<i>none</i>"))


def _reply(text: str) -> Markup:
    shown, rest = text[:_LONGEST], len(text) - _LONGEST
    lines = highlight(shown) if shown.lstrip().startswith("<") else shown.splitlines()
    more = [Markup("<i>… and {:,} more characters</i>").format(rest)] if rest > 0 else []
    return verbatim(Markup("\n").join([*lines, *more]) if text else Markup("<i>empty</i>"))
