"""The requests that a call made to web applications, each folded: what was sent, signed and answered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from markupsafe import Markup

from ..display import count_of
from ..excerpt import Gap, excerpt
from ..timeline import clock, what_was_asked
from ._source import highlight
from ._theme import BAD, CALM, FAINT, GOOD, INK, MONO, block, fold, heading, plain, span, verbatim

if TYPE_CHECKING:
    from ..timeline import Exchange

_MOST = 40
#: The parameters that stand first: what the caller pressed and said.
_INPUT = ("Digits", "SpeechResult")
_LONGEST_INPUT = 60  # characters
_LONGEST = 4000  # characters of a reply; the rest is in call.webhooks


def requests(exchanges: Sequence[Exchange]) -> Markup:
    """One fold for each of *exchanges*; of many, for the first and last, and for those that are unlike."""
    news = dict(_find_news(exchanges))
    return Markup("").join(
        _between(part) if isinstance(part, Gap) else _fold_exchange(part, news[id(part)])
        for part in excerpt(exchanges, what_was_asked, _MOST)
    )


def _find_news(exchanges: Iterable[Exchange]) -> Iterator[tuple[int, Mapping[str, str]]]:
    """What each of *exchanges* tells that none of its call did before, by its identity."""
    known: dict[str, dict[str, str]] = {}
    for exchange in exchanges:
        before = known.setdefault(exchange.parameters.get("CallSid", ""), {})
        new = {
            name: value for name, value in exchange.parameters.items() if before.get(name) != value
        }
        yield id(exchange), new if before else {}
        before.update(exchange.parameters)


def _fold_exchange(exchange: Exchange, new: Mapping[str, str]) -> Markup:
    return fold(_summary(exchange), *_details(exchange, new), style="padding-left:1em")


def _between(gap: Gap[Exchange]) -> Markup:
    more = gap.describe("requests", ", in call.webhooks")
    return block(more, f"color:{FAINT};padding-left:1em")


def _summary(exchange: Exchange) -> Markup:
    parts = [
        span(clock(exchange.at), f"font-family:{MONO};font-size:90%"),
        span(_subject(exchange), f"color:{INK}"),
        *_digits(exchange),
        Markup("→"),
        _outcome(exchange),
    ]
    return Markup(" ").join(parts)


def _subject(exchange: Exchange) -> str:
    again = f" (attempt {exchange.attempt})" if exchange.attempt > 1 else ""
    return f"{exchange.event or exchange.purpose}{again}: {exchange.method} {exchange.url}"


def _digits(exchange: Exchange) -> Iterator[Markup]:
    """The keys or the words that the request tells, if it tells any."""
    for name in _INPUT:
        if value := exchange.parameters.get(name):
            shown = value if len(value) <= _LONGEST_INPUT else f"{value[:_LONGEST_INPUT]}…"
            yield span(f"{name}={shown}", f"color:{CALM};font-weight:600")


def _outcome(exchange: Exchange) -> Markup:
    came = "no answer" if exchange.status is None else str(exchange.status)
    wrong = f" ✗ {exchange.code}: {exchange.error}" if exchange.code else ""
    fault = f" (fault: {exchange.fault})" if exchange.fault else ""
    is_well = not wrong and exchange.status is not None and exchange.status < 400
    return span(f"{came}{wrong}{fault}", f"color:{GOOD if is_well else BAD};font-weight:600")


def _details(exchange: Exchange, new: Mapping[str, str]) -> Iterator[Markup]:
    first = [(name, exchange.parameters[name]) for name in _INPUT if name in exchange.parameters]
    if new:
        yield heading("Parameters that are new")
        yield _list_pairs(dict([*((n, v) for n, v in first if n in new), *new.items()]).items())
        same = [pair for pair in exchange.parameters.items() if pair[0] not in new]
        if same:
            yield fold("Parameters as before", _list_pairs(same))
    else:
        yield heading("Parameters")
        yield _list_pairs(dict([*first, *exchange.parameters.items()]).items())
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
    more = [Markup("<i>… and {}</i>").format(count_of(rest, "more character"))] if rest > 0 else []
    return verbatim(Markup("\n").join([*lines, *more]) if text else Markup("<i>empty</i>"))
