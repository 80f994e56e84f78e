"""The source of a call's TwiML: a document of the notebook, a text in the form, an address, or an application."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ...errors import MagicLineError
from .._line import unknown_name
from . import _controls as controls
from ._field import Field, sentences
from ._notebook import documents, variables
from ._parameter_field import parameter_field

if TYPE_CHECKING:
    from ...api import Operation

_STARTER = "<Response>\n  <Say>Hello! This is my first call.</Say>\n</Response>"
_DOCUMENT, _HERE, _ADDRESS, _APPLICATION = "document", "here", "address", "application"
_KINDS = (
    ("A document of this notebook", _DOCUMENT),
    ("Written here", _HERE),
    ("A web address", _ADDRESS),
    ("An application", _APPLICATION),
)


@dataclass(frozen=True)
class ChosenTwiml:
    """The TwiML of a call as *parameters* of the API, and as the *document* or *markup* of ``%call``."""

    parameters: dict[str, Any] = field(default_factory=dict)
    document: str = ""
    markup: str = ""


class TwimlSource:
    """The choice of a source, and a field for each."""

    def __init__(self, create: Operation) -> None:
        known = documents()
        self.kind = Field(
            "TwiML from", controls.choice("TwiML from", _KINDS, _DOCUMENT if known else _HERE)
        )
        self.document = Field(
            "Document",
            controls.combobox("Document", known, next(iter(known), "")),
        )
        self.markup = Field("TwiML", controls.text_area("TwiML", _STARTER, rows=5))
        self.url = parameter_field(create.parameter("Url"))
        self.application = parameter_field(create.parameter("ApplicationSid"))
        self._fields = {
            _DOCUMENT: self.document,
            _HERE: self.markup,
            _ADDRESS: self.url,
            _APPLICATION: self.application,
        }
        boxes = (each.box for each in self._fields.values())
        self.widget = controls.stack(self.kind.box, *boxes)
        self._turn()

    @property
    def chosen_field(self) -> Field:
        """The field of the chosen source."""
        return self._fields[self.kind.value]

    def on_change(self, then: Callable[[], None]) -> None:
        """Call *then* when the choice or a field changes."""
        self.kind.on_change(self._turn)
        for each in (self.kind, *self._fields.values()):
            each.on_change(then)

    def refresh(self) -> None:
        """Offer the documents that the notebook has now."""
        known = documents()
        self.document.control.options = tuple(known)
        self.document.hint = (
            f"In this notebook: {', '.join(known)}."
            if known
            else "There is none yet: a %%twiml cell with a name makes one."
        )
        self.document.clear()
        if not self.document.value and known:
            self.document.value = next(iter(known))

    def read(self) -> ChosenTwiml:
        """Return the chosen TwiML; raises :class:`MagicLineError` or :class:`TwimlError` if it cannot be used."""
        value = self.chosen_field.value
        kind = self.kind.value
        if not value.strip():
            return ChosenTwiml()
        if kind == _DOCUMENT:
            return ChosenTwiml({"Twiml": _document(value)}, document=value)
        if kind == _HERE:
            return ChosenTwiml({"Twiml": _fill(value)}, markup=value)
        name = "Url" if kind == _ADDRESS else "ApplicationSid"
        return ChosenTwiml({name: value})

    def show_problems(self, given: ChosenTwiml) -> None:
        """Show below the field what the checker finds in the TwiML."""
        from ...twiml import check

        self.chosen_field.clear()
        if "Twiml" not in given.parameters:
            return
        found = check(given.parameters["Twiml"], inline=True)  # a document knows its cell's lines
        said = [each for each in found if each.level != "advice"]
        if said:
            level = "error" if any(each.level == "error" for each in said) else "warning"
            text = sentences(*(f"Line {each.line}: {each.message}" for each in said))
            self.chosen_field.complain(text, level=level)

    def rows(self) -> Iterator[tuple[str, str]]:
        """The choice as labels and values."""
        yield self.kind.label, next(words for words, kind in _KINDS if kind == self.kind.value)
        yield self.chosen_field.label, self.chosen_field.value

    def _turn(self) -> None:
        for each in self._fields.values():
            controls.set_visible(each.box, each is self.chosen_field)


def _document(name: str) -> Any:
    known = variables()
    if name not in known:
        raise unknown_name(name, known, "Document takes the name of a document")
    if isinstance(known[name], (int, float, list, dict)) or callable(known[name]):
        raise MagicLineError(f"{name} is no document, but a {type(known[name]).__name__}.")
    return known[name]


def _fill(markup: str) -> str:
    from ...twiml import fill

    return fill(markup.removesuffix("\n"), variables())
