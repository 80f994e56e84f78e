"""The rule for attributes that have no effect, because they need another one."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..language._nodes import Node
    from ..language._rows import ElementRow
    from ._report import Report, Rule


def rule_of_needs(row: ElementRow, names: frozenset[str]) -> Rule | None:
    """Make the rule for attributes without the other one that they need; None if these *names* need nothing more.

    Which other one is there, the names say already; which words stand in it, each element.
    """
    present = [known for known in row.dependent_attributes if known.name in names]
    alone = [known for known in present if known.needs[1:] or known.needs[0] not in names]
    if not alone:
        return None

    def check_needs(node: Node, row: ElementRow, _parent: str, report: Report) -> None:
        for known in alone:
            other, *words = known.needs
            if words:
                _check_word(node, row, known.name, other, words[0], report)
            else:
                message = f"{known.name} of <{row.name}> has no effect without {other}"
                _report(node, known.name, message, f"add {other}, or delete it", report)

    return check_needs


def _check_word(
    node: Node, row: ElementRow, name: str, other: str, word: str, report: Report
) -> None:
    value = node.get(other) or str(row.attributes[other].default)
    if word not in value.split():
        message = f'{name} of <{row.name}> has no effect with {other}="{value}"'
        both = word if row.attributes[other].type != "enum-list" else f"{value} {word}"
        _report(node, name, message, f'write {other}="{both}", or delete it', report)


def _report(node: Node, name: str, message: str, hint: str, report: Report) -> None:
    report.add(node, None, "unused-attribute", message, attribute=name, hint=hint)
