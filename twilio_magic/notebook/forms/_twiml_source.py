"""The source of a call's TwiML: a document of the notebook, a text in the form, an address, or an application."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import field
from typing import TYPE_CHECKING, Any

from ...errors import MagicLineError
from ...records import dataclass
from ...suggestions import Suggestion
from .._line import unknown_name
from . import _controls as controls
from ._field import Field, find_meant, sentences
from ._notebook import documents, variables
from ._parameter_field import parameter_field

if TYPE_CHECKING:
    from ...api import Operation
    from ...errors import TwilioMagicError
    from ...twiml import Problem

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
        self._create = create
        self._made: dict[str, Field] = {}
        self._then: list[Callable[[], None]] = []
        self.widget = controls.stack()
        self.kind.on_change(self._turn)
        self._turn()

    @property
    def document(self) -> Field:
        """The field for the name of a document."""
        return self._field(_DOCUMENT)

    @property
    def markup(self) -> Field:
        """The field for TwiML that is written in the form."""
        return self._field(_HERE)

    @property
    def url(self) -> Field:
        """The field for an address."""
        return self._field(_ADDRESS)

    @property
    def application(self) -> Field:
        """The field for the sid of an application."""
        return self._field(_APPLICATION)

    @property
    def chosen_field(self) -> Field:
        """The field of the chosen source."""
        return self._field(self.kind.value)

    def on_change(self, then: Callable[[], None]) -> None:
        """Call *then* when the choice or a field changes."""
        self._then.append(then)
        for each in (self.kind, *self._made.values()):
            each.on_change(then)

    def refuse(self, error: TwilioMagicError) -> None:
        """Show *error* beside the field, with a button where it suggests what was meant."""
        field, hint = self.chosen_field, error.hint
        mended = find_meant(hint)
        if field is self.markup and isinstance(hint, Suggestion):
            hole = rf"(?<!\$)(\$\{{?){re.escape(hint.wrong)}\b"
            mended = re.sub(hole, rf"\g<1>{hint.meant}", field.value) if hint.wrong else None
        field.refuse(error, mended=mended)

    def refresh(self) -> None:
        """Offer the documents that the notebook has now."""
        if _DOCUMENT not in self._made:
            return
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
            hint, mended = self._mend(said, given)
            self.chosen_field.complain(text, level=level, hint=hint, mended=mended)

    def rows(self) -> Iterator[tuple[str, str]]:
        """The choice as labels and values."""
        yield self.kind.label, next(words for words, kind in _KINDS if kind == self.kind.value)
        yield self.chosen_field.label, self.chosen_field.value

    def _mend(
        self, found: list[Problem], given: ChosenTwiml
    ) -> tuple[str | None, str] | tuple[None, None]:
        """The first suggestion of the problems *found*, and the TwiML of the form with it.

        TwiML that was filled from variables is not mended: its places are others than those of the field.
        """
        from ...twiml import Draft, mend

        text = given.parameters["Twiml"]
        if text != given.markup.removesuffix("\n"):
            return None, None
        for problem in found:
            if not isinstance(problem.hint, Suggestion):
                continue
            mended = mend(Draft(text), problem)
            if mended is not None:
                return problem.hint, mended.text
        return None, None

    def _field(self, kind: str) -> Field:
        """The field of a *kind* of source, which is made when it is needed."""
        if kind not in self._made:
            made = self._made[kind] = self._make(kind)
            for then in self._then:
                made.on_change(then)
            self._turn()
            if kind == _DOCUMENT:
                self.refresh()
        return self._made[kind]

    def _make(self, kind: str) -> Field:
        if kind == _DOCUMENT:
            known = documents()
            control = controls.combobox("Document", known, next(iter(known), ""))
            return Field("Document", control)
        if kind == _HERE:
            return Field("TwiML", controls.text_area("TwiML", _STARTER, rows=5))
        name = "Url" if kind == _ADDRESS else "ApplicationSid"
        return parameter_field(self._create.parameter(name))

    def _turn(self) -> None:
        """Show the field of the chosen kind."""
        chosen = self._field(self.kind.value)
        for each in self._made.values():
            controls.set_visible(each.box, each is chosen)
        self.widget.children = (self.kind.box, *(each.box for each in self._made.values()))


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
