"""Descriptions of elements and attributes, as plain text."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from ..language._vocabulary import vocabulary
from ..language._wording import describe_values

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..language._rows import AttributeRow, ElementRow

_WIDTH = 88


def describe(element: str, attribute: str | None = None) -> str:
    """Describe an element, or one of its attributes: summary, values, default and error codes.

    Raises `KeyError` for a name that TwiML does not have.
    """
    row = vocabulary().elements[element]
    lines = (
        _describe_element(row)
        if attribute is None
        else _describe_attribute(row.attributes[attribute])
    )
    wrapped = [textwrap.wrap(line, _WIDTH, subsequent_indent="  ") or [""] for line in lines]
    return "\n".join(line for lines in wrapped for line in lines)


def _describe_element(row: ElementRow) -> list[str]:
    lines = [f"<{row.name}>, {_status(row.status)}{row.kind}", row.summary, ""]
    if row.replaced_by:
        lines.append(f"Instead: {row.replaced_by}")
    if row.parents:
        lines.append(f"Inside: {_join_tags(row.parents)}")
    if row.children:
        lines.append(f"Holds: {_join_tags(row.children)}")
    if row.text.policy != "forbidden":
        need = "" if row.text.policy == "required" else " (not always needed)"
        lines.append(f"Text: {row.text.meaning}{need}")
    if row.after:
        lines.append(f"Then: {row.after}")
    if row.attributes:
        lines += ["", "Attributes:", *(_summarize(known) for known in row.attributes.values())]
    if row.rules:
        lines += ["", "Rules:", *(f"  {rule}" for rule in row.rules)]
    return lines + _list_codes(row.codes.values())


def _summarize(known: AttributeRow) -> str:
    default = f" [{_describe_default(known)}]" if _describe_default(known) else ""
    needed = " (required)" if known.required else ""
    return f"  {known.name}{needed}{default}: {known.summary}"


def _describe_attribute(known: AttributeRow) -> list[str]:
    needed = ", required" if known.required else ""
    head = f"{known.name} of <{known.element}>, {_status(known.status)}{known.type}{needed}"
    lines = [head, known.summary, "", f"Takes: {describe_values(known)}"]
    default = _describe_default(known)
    if default:
        lines.append(f"Default: {default}")
    if known.replaced_by:
        lines.append(f"Instead: {known.replaced_by}")
    if known.note:
        lines.append(f"Note: {known.note}")
    return lines + _list_codes(known.codes.values())


def _describe_default(known: AttributeRow) -> str:
    if known.default is None:
        return known.default_note or ""
    shown = str(known.default) or "empty"
    return f"{shown} ({known.default_note})" if known.default_note else shown


def _status(status: str) -> str:
    return "" if status == "current" else f"{status} "


def _join_tags(names: Iterable[str]) -> str:
    return ", ".join(f"<{name}>" for name in names)


def _list_codes(codes: Iterable[int]) -> list[str]:
    table = vocabulary().codes
    rows = [table[code] for code in sorted(set(codes))]
    if not rows:
        return []
    return ["", "Error codes:", *(f"  {row.code} ({row.level}): {row.meaning}" for row in rows)]
