"""The fields for the parameters of a call, grouped as in the table."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from ...views import note
from . import _controls as controls
from ._field import sentences
from ._parameter_field import parameter_field

if TYPE_CHECKING:
    from ...api import Operation, Parameter
    from ._field import Field

#: What people change most; the rest is folded away.
_COMMON = ("Timeout", "SendDigits", "MachineDetection", "Record")
_SMALLEST = 2  # a group that is smaller joins the others
_OTHERS = "Other parameters"


class ParameterFields:
    """A field for each parameter of *operation* that no other part of the form has, except secrets.

    What is typed into a form is saved in the notebook, so a password cannot be.
    """

    def __init__(self, operation: Operation) -> None:
        rows = [row for row in operation.parameters if not row.required and not row.group]
        hidden = {row.name for row in rows if row.secret}
        self._kept_out = [row for row in rows if row.secret or hidden & set(row.requires)]
        offered = [row for row in rows if row not in self._kept_out]
        self._offered = {row.name: row for row in offered}
        self._groups = dict(_groups(offered, operation))
        self._folds: dict[str, controls.Fold] = {}
        self._then: list[Callable[[], None]] = []
        #: The fields that were made so far: those of parts that were opened.
        self.fields: dict[str, Field] = {}
        name = f"Options: {_COMMON[0]}, {_COMMON[-1]}, and others"
        self._all = controls.Fold(name, self._make)
        self.widget = self._all.widget

    @property
    def names(self) -> list[str]:
        """The names of all parameters that have a field, whether it is made or not."""
        return list(self._offered)

    def field(self, name: str) -> Field:
        """The field of the parameter *name*."""
        if name not in self.fields:
            made = self.fields[name] = parameter_field(self._offered[name])
            for then in self._then:
                made.on_change(then)
        return self.fields[name]

    def values(self) -> dict[str, str]:
        """Return the values that are filled in, by Twilio's names."""
        made = ((name, self.fields[name]) for name in self._offered if name in self.fields)
        return {name: field.value for name, field in made if field.value}

    def unfold(self, name: str) -> None:
        """Unfold the field of the parameter *name*."""
        self._all.open()
        for title, rows in self._groups.items():
            if name in (row.name for row in rows):
                self._folds[title].open()

    def on_change(self, then: Callable[[], None]) -> None:
        """Call *then* when a value changes."""
        self._then.append(then)
        for field in self.fields.values():
            field.on_change(then)

    def rows(self) -> Iterator[tuple[str, str]]:
        """Return the values that are filled in, as labels and values."""
        return iter(self.values().items())

    def _make(self) -> list[controls.Widget]:
        """Make the common fields, and the folds of the others."""
        self._folds = {title: self._fold(rows, title) for title, rows in self._groups.items()}
        more = controls.stack(
            controls.row(*(fold.button for fold in self._folds.values())),
            *(fold.body for fold in self._folds.values()),
            controls.html_box(note(self._where_secrets_go())),
            gap="6px",
        )
        common = controls.columns(*(self.field(name).box for name in _COMMON))
        return [controls.stack(common, more)]

    def _fold(self, rows: list[Parameter], title: str) -> controls.Fold:
        return controls.Fold(title, lambda: [self.field(row.name).box for row in rows])

    def _where_secrets_go(self) -> str:
        names = ", ".join(row.name for row in self._kept_out)
        return sentences(
            f"Not here: {names}. What is typed into a form is saved in the notebook, so secrets go from the "
            "environment into Python: client.calls.create(…, sip_auth_password=os.environ[…])"
        )


def _groups(rows: list[Parameter], operation: Operation) -> Iterator[tuple[str, list[Parameter]]]:
    """Group the less common parameters: those that need the same one are together."""
    found: dict[str, list[Parameter]] = {}
    for row in rows:
        if row.name not in _COMMON:
            found.setdefault(_root(row, operation), []).append(row)
    small = [row for group in found.values() if len(group) < _SMALLEST for row in group]
    for name, group in found.items():
        if len(group) >= _SMALLEST:
            yield f"{name}: more" if name in _COMMON else name, group
    yield _OTHERS, small


def _root(row: Parameter, operation: Operation) -> str:
    """Return the parameter without which *row* has no effect, or its own name."""
    while row.needs:
        row = operation.parameter(row.needs[0])
    return row.name
