"""The walk over a document that applies every rule to every element.

It goes over the parser's own tree, with tables prepared from the vocabulary, and decides only whether all
is well. The words for what is not well are found by the rules that it calls then.
"""

from __future__ import annotations

from functools import cache
from operator import itemgetter
from typing import TYPE_CHECKING

from ..language._names import lxml_name
from ..language._values import accepts
from ..language._vocabulary import vocabulary
from ._choice import choose_rules
from ._context import check_context, find_context
from ._delivery import check_delivery
from ._flow_advice import advise_on_flow
from ._report import Report
from ._unknown import report_attribute, report_element, report_root

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from ...problem import Problem
    from ..language._nodes import Node
    from ..language._rows import ElementRow
    from ..language._tree import Tree
    from ._report import Rule

#: How much is remembered of each element, and how long it may be: a few megabytes at the very most. What is full
#: begins anew, so that it always holds what came last.
_REMEMBERED = 200
_LONGEST = 500
_NAME = itemgetter(0)


def find_problems(
    tree: Tree,
    *,
    context: str | None = None,
    inline: bool = False,
    pci: bool = False,
    ignore: Collection[str] = (),
) -> list[Problem]:
    """The problems of a document, in document order; the keywords are those of `check`."""
    place = find_context(context)
    report = Report(ignore=ignore)
    root = tree.root
    if root.tag != vocabulary().root:
        report_root(root, report)
        return report.problems(tree)
    _walk(root, _prepare()[root.tag], "", report)
    check_delivery(tree, report, inline=inline, pci=pci)
    if place is not None:
        check_context(root, report, place)
    advise_on_flow(root, report, context=place, inline=inline)
    return report.problems(tree)


class _Check:
    """One element of the vocabulary, prepared for the walk.

    *children* holds the checks of the elements that may stand inside, *rules* the rules to apply, by the parent
    and the names of the attributes. What was found to be all right is remembered, since the same comes again and
    again, while a document is being written and from file to file: *attributes* with their values, and *leaves*,
    which are whole elements without children.
    """

    __slots__ = ("accepts", "attributes", "children", "leaves", "name", "row", "rules")

    def __init__(self, row: ElementRow) -> None:
        self.row = row
        self.name = row.name
        self.children: dict[str, _Check] = {}
        self.attributes: set[object] = set()
        self.leaves: set[object] = set()
        self.rules: dict[tuple[str, ...], tuple[Rule, ...]] = {}
        self.accepts: dict[str, Callable[[str], bool]] = {
            lxml_name(name): accepts(known) for name, known in row.attributes.items()
        }

    def prepare_rules(self, parent: str, *names: str) -> tuple[Rule, ...]:
        """Prepare the rules that can find something in such an element with attributes of these *names*."""
        rules = tuple(choose_rules(self.row, parent, frozenset(names)))
        if len(self.rules) >= _REMEMBERED:
            self.rules.clear()
        self.rules[(parent, *names)] = rules
        return rules

    def check_attribute(
        self,
        node: Node,
        parent: str,
        item: tuple[str, str],
        report: Report,
    ) -> None:
        """Check an attribute that is not remembered as all right."""
        name, value = item
        test = self.accepts.get(name)
        if test is None and self.row.open:
            return
        if test is None or not test(value):
            report_attribute(node, self.row, parent, name, value, report)
        elif len(value) < _LONGEST:
            if len(self.attributes) >= _REMEMBERED:
                self.attributes.clear()
            self.attributes.add(item)

    def remember_leaf(self, leaf: tuple[object, ...], text: str | None) -> None:
        """Remember an element without children that is all right."""
        if text is None or len(text) < _LONGEST:
            if len(self.leaves) >= _REMEMBERED:
                self.leaves.clear()
            self.leaves.add(leaf)


@cache
def _prepare() -> dict[str, _Check]:
    checks = {name: _Check(row) for name, row in vocabulary().elements.items()}
    for check in checks.values():
        check.children.update((name, checks[name]) for name in check.row.children)
    return checks


def _walk(node: Node, check: _Check, parent: str, report: Report) -> None:
    """Check an element and all that is in it."""
    items = node.items()
    if not len(node):
        _check_leaf(node, items, check, parent, report)
        return
    inside = list(node)  # held, so that lxml does not make them anew for each rule
    _apply(node, items, check, parent, report)
    for child in inside:
        inner = check.children.get(child.tag)  # type: ignore[arg-type]  # all are elements
        if inner is not None:
            _walk(child, inner, check.name, report)
        else:
            _check_misplaced_element(child, check, report)


def _check_leaf(
    node: Node,
    items: Sequence[tuple[str, str]],
    check: _Check,
    parent: str,
    report: Report,
) -> None:
    """Check an element without children."""
    text = node.text
    leaf = (parent, text, *items)
    if leaf in check.leaves:
        return
    found = report.found
    _apply(node, items, check, parent, report)
    if report.found == found:
        check.remember_leaf(leaf, text)


def _apply(
    node: Node,
    items: Sequence[tuple[str, str]],
    check: _Check,
    parent: str,
    report: Report,
) -> None:
    """Check one element itself."""
    for item in items:
        if item not in check.attributes:
            check.check_attribute(node, parent, item, report)
    form = (parent, *map(_NAME, items))
    for rule in check.rules.get(form) or check.prepare_rules(*form):
        rule(node, check.row, parent, report)


def _check_misplaced_element(node: Node, parent: _Check, report: Report) -> None:
    """Report an element where it does not belong, and check what is in it all the same."""
    report_element(node, parent.row, report)
    check = _prepare().get(str(node.tag))
    if check is not None:
        _walk(node, check, parent.name, report)
