"""The choice of the rules that can find something in an element, by its kind, its parent and its attributes' names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..language._names import lxml_name
from ._children import check_children, limits_children
from ._combinations import COMBINATIONS
from ._deprecated import check_status, has_status
from ._ineffective import rule_of_needs
from ._required import check_in_parent, check_required, differs_in_parent
from ._text import text_rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..language._rows import ElementRow
    from ._report import Rule


def choose_rules(row: ElementRow, parent: str, names: frozenset[str]) -> Iterator[Rule]:
    """Choose the rules that can find something in an element of this kind with attributes of these *names*."""
    if not names.issuperset(map(lxml_name, row.required_attributes)):
        yield check_required
    if differs_in_parent(row, parent, names):
        yield check_in_parent
    yield text_rule(row)
    if limits_children(row):
        yield check_children
    needs = rule_of_needs(row, names)
    if needs is not None:
        yield needs
    if has_status(row, names):
        yield check_status
    combination = COMBINATIONS.get(row.name)
    if combination is not None and combination.is_possible(names):
        yield combination.rule
