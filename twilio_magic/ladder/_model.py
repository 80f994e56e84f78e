"""The ladder, and saving it to a file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from ..display import Shown, load_view
from ..errors import TwilioMagicError
from ..records import dataclass
from ._shorten import shorten
from ._text import draw_text

if TYPE_CHECKING:
    from ._records import Lifeline, Step

_VIEW = "twilio_magic.views.ladder"
_TEXT = ".txt"
_DRAWN = (".svg", ".html")


@dataclass(frozen=True, slots=True, repr=False)
class Ladder(Shown):
    """A sequence diagram of a call, or of calls that met: *lifelines* from left to right, *steps* in the order of time.

    *title* says who called whom. *phones* has the address at the far end of each leg, by the leg's sid. Printed, it is
    a diagram of text; shown in a notebook, a picture with the requests below it. Both fold a very long call, which is
    drawn in full where it is saved as ``.svg`` or ``.txt``.
    """

    view: ClassVar[str] = f"{_VIEW}:bundle"

    title: str
    lifelines: tuple[Lifeline, ...]
    steps: tuple[Step, ...]
    phones: Mapping[str, str]

    def save(self, path: str | Path) -> Path:
        """Write the ladder to *path* and return it: a picture as ``.svg``, a page as ``.html``, or text as ``.txt``.

        Raises :class:`TwilioMagicError` for any other suffix, before anything is written.
        """
        path = Path(path)
        path.write_text(self._render(path), "utf-8")
        return path

    def _render(self, path: Path) -> str:
        suffix = path.suffix.lower()
        if suffix == _TEXT:
            return f"{draw_text(self)}\n"
        if suffix in _DRAWN:
            return str(
                load_view(f"{_VIEW}:page" if suffix == ".html" else f"{_VIEW}:picture")(self)
            )
        known = ", ".join((*_DRAWN, _TEXT))
        raise TwilioMagicError(
            f"A ladder is not saved as {path.name!r}: {suffix or 'no suffix'} is not known here.",
            hint=f"End the name in one of {known}.",
        )

    def __repr__(self) -> str:
        return draw_text(shorten(self))
