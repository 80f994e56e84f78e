"""Rules for what an element needs, and may not have, and how that differs from parent to parent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..language._names import lxml_name
from ..language._vocabulary import vocabulary

if TYPE_CHECKING:
    from ..language._nodes import Node
    from ..language._rows import ElementRow
    from ._report import Report


def check_required(node: Node, row: ElementRow, parent: str, report: Report) -> None:
    """Report required attributes that are missing."""
    for name, known in row.required_attributes.items():
        if node.get(lxml_name(name)) is None:
            if name in row.contexts.get(parent, {}).get("optional", ()):
                continue
            code = known.codes.get("missing", row.codes.get("value", vocabulary().schema_code))
            message = f"<{row.name}> needs the attribute {name}"
            hint = f'add {name}="…": {known.summary}'
            report.add(node, code, "missing-attribute", message, hint=hint)


def differs_in_parent(row: ElementRow, parent: str, names: frozenset[str]) -> bool:
    """Whether something may be wrong inside this parent with an element that has attributes of these *names*."""
    rules = row.contexts.get(parent, {})
    refused = (
        names if "*" in rules.get("refused", ()) else names.intersection(rules.get("refused", ()))
    )
    lacks = not names.issuperset(rules.get("required", ()))
    return lacks or bool(refused) or not names.isdisjoint(rules.get("values", ()))


def check_in_parent(node: Node, row: ElementRow, parent: str, report: Report) -> None:
    """Check what an element needs, and may not have, inside this parent."""
    rules = row.contexts.get(parent)
    if rules is None:
        return
    for name in rules.get("required", ()):
        if node.get(name) is None:
            message = f"<{row.name}> inside <{parent}> needs the attribute {name}"
            hint = f'add {name}="…": {row.attributes[name].summary}'
            report.add(node, vocabulary().schema_code, "missing-attribute", message, hint=hint)
    refused = rules.get("refused", ())
    for raw in map(str, node.keys()):
        if raw in refused or "*" in refused:
            message = f"<{row.name}> inside <{parent}> may not have the attribute {raw}"
            report.add(node, vocabulary().schema_code, "refused-attribute", message, attribute=raw)
    for name, values in rules.get("values", {}).items():
        _check_narrowed(node, row, parent, name, values, report)


def _check_narrowed(
    node: Node,
    row: ElementRow,
    parent: str,
    name: str,
    values: list[str],
    report: Report,
) -> None:
    value = node.get(name)
    if value is None or value in values:
        return
    code = row.attributes[name].codes.get(parent, vocabulary().schema_code)
    message = f'{name}="{value}" is not possible inside <{parent}>'
    hint = f"write {' or '.join(values)}"
    report.add(node, code, "bad-value", message, attribute=name, hint=hint)
