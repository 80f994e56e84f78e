"""Where calls go: the answer of ``%twilio``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from ..display import Shown, visible_line
from ..records import dataclass
from ._settings import settings
from ._theme import BAD, FAINT, GOOD, WRAP, block, card, grid, span

if TYPE_CHECKING:
    from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class Status(Shown):
    """Where calls go: *where* in words, the *account* by its tail, its *numbers*, the *defaults* of ``%call``.

    *note* says what is special about the account, *loaded_ahead* what a warm-up does.
    """

    view: ClassVar[str] = "twilio_magic.views.status:bundle"

    is_live: bool
    account: str
    where: str
    numbers: tuple[str, ...]
    defaults: Mapping[str, Any]
    note: str = ""
    loaded_ahead: str = ""

    def __repr__(self) -> str:
        return visible_line(f"<{self.where}, account {self.account}>")


def bundle(status: Status) -> dict[str, str]:
    """The MIME bundle of *status*."""
    return {"text/plain": text(status), "text/html": str(html(status))}


def text(status: Status) -> str:
    """The status as plain text."""
    return "\n".join(
        map(
            visible_line,
            [f"{status.where}.", *(f"  {name:<9} {value}" for name, value in _rows(status))],
        )
    )


def html(status: Status) -> Markup:
    """The status as HTML."""
    cells = [
        part
        for name, value in _rows(status)
        for part in (span(name, f"color:{FAINT}"), span(value, WRAP))
    ]
    colour = BAD if status.is_live else GOOD
    return card(
        block(f"{status.where}.", f"color:{colour};font-weight:600"),
        grid("auto minmax(0,1fr)", cells),
    )


def _rows(status: Status) -> Iterator[tuple[str, str]]:
    yield "account", status.account
    yield "numbers", ", ".join(status.numbers) or "none"
    for name, value in status.defaults.items():
        yield "default", f"{name} = {value}"
    if settings.card != "short":
        yield "card", settings.card
    if status.loaded_ahead:
        yield "warmup", status.loaded_ahead
    if status.note:
        yield "note", status.note
