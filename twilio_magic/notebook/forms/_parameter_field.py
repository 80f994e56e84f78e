"""The field for a parameter of the API, made from its row of the table."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from . import _controls as controls
from ._field import CheckboxesField, CheckboxField, Field, sentences

if TYPE_CHECKING:
    from ...api import Parameter

_FEW = 4


def parameter_field(row: Parameter, *, suggestions: Iterable[str] = ()) -> Field:
    """Make the field for *row*: its type, values and default choose the control, its help is the hint."""
    if row.type == "boolean":
        return CheckboxField(row.name, hint=row.help)
    if row.type == "enum-list":
        return CheckboxesField(row.name, row.values, hint=_hint(row))
    if row.values and len(row.values) <= _FEW:
        unset = f"default ({row.default})" if row.default else "not set"
        options = [(unset, ""), *((value, value) for value in row.values)]
        return Field(row.name, controls.choice(row.name, options, ""), hint=row.help)
    offered = [*suggestions, *row.values]
    placeholder = _placeholder(row)
    control = (
        controls.combobox(row.name, offered, placeholder=placeholder)
        if offered
        else controls.text_input(row.name, placeholder=placeholder)
    )
    return Field(row.name, control, hint=_hint(row))


def _hint(row: Parameter) -> str:
    default = ", ".join(row.default) if isinstance(row.default, tuple) else ""
    return sentences(row.help, _range(row), f"Default: {default}" if default else "")


def _range(row: Parameter) -> str:
    if row.min is not None and row.max is not None:
        return f"{row.min:,} to {row.max:,} {row.unit}"
    if row.min is not None:
        return f"{row.min:,} {row.unit} or more"
    return f"{row.max:,} {row.unit} at most" if row.max is not None else ""


def _placeholder(row: Parameter) -> str:
    """Return the text of an empty control: the default, or an example."""
    if row.default is not None:
        return f"{row.default} {row.unit}".strip()
    return f"{row.prefix}…" if row.prefix else _EXAMPLES.get(row.type, "")


_EXAMPLES = {"url": "https://…", "endpoint": "+1…, client:… or sip:…", "phone-number": "+1…"}
