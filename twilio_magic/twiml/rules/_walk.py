"""What Twilio would say about a document, without asking it.

One walk over lxml's own tree against tables prepared from the vocabulary. The walk only decides
whether all is well; the words for what is not are found by the modules that it calls then.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from ..language._names import lxml_name
from ..language._values import accepts
from ..language._vocabulary import ElementRow, vocabulary
from . import _children, _context
from . import _combinations as _combination
from . import _delivery as _whole
from . import _deprecated as _dated
from . import _flow_advice as _advice
from . import _ineffective as _unused
from . import _text as _content
from . import _unknown as _strange
from ._context import find_context
from ._report import Report

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    from lxml import etree

    from ...problem import Problem
    from ..language._tree import Tree
    from ._report import Look


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
        _strange.root(root, report)
        return report.problems(tree)
    _element(root, _forms()[root.tag], "", report)
    _whole.look(tree, report, inline=inline, pci=pci)
    if place is not None:
        _context.look(root, report, place)
    _advice.look(root, report, context=context, inline=inline)
    return report.problems(tree)


class _Form:
    """One element of the vocabulary, prepared for the walk.

    *children* holds the forms of the elements that may stand inside, *looks* the rules to apply.
    What was found to be all right is remembered, since the same comes again and again, while a
    document is being written and from file to file: *attributes* with their values, and *leaves*,
    which are whole elements without children.
    """

    __slots__ = ("accepts", "attributes", "children", "leaves", "looks", "name", "row")

    def __init__(self, row: ElementRow) -> None:
        self.row = row
        self.name = row.name
        self.children: dict[str, _Form] = {}
        self.attributes: set[object] = set()
        self.leaves: set[object] = set()
        self.looks = tuple(_looks(row))
        self.accepts: dict[str, Callable[[str], bool]] = {
            lxml_name(name): accepts(known) for name, known in row.attributes.items()
        }

    def attribute(
        self,
        node: etree._Element,
        parent: str,
        item: tuple[str, str],
        report: Report,
    ) -> None:
        """Look at an attribute that is not known to be all right."""
        name, value = item
        test = self.accepts.get(name)
        if test is None or not test(value):
            _strange.attribute(node, self.row, parent, name, value, report)
        elif len(self.attributes) < _REMEMBERED and len(value) < _LONGEST:
            self.attributes.add(item)

    def leaf(self, leaf: tuple[object, ...], text: str | None) -> None:
        """Remember an element without children that is all right."""
        if len(self.leaves) < _REMEMBERED and len(text or "") < _LONGEST:
            self.leaves.add(leaf)


#: How much is remembered of each element, and how long it may be: a few megabytes at the very most.
_REMEMBERED = 200
_LONGEST = 500


def _looks(row: ElementRow) -> Iterator[Look]:
    if row.required:
        yield _strange.missing
    if row.contexts:
        yield _strange.in_context
    yield _content.look_of(row)
    if _children.counts(row):
        yield _children.look
    if row.dependent:
        yield _unused.look
    if _dated.is_dated(row):
        yield _dated.look
    if row.name in _combination.RULES:
        yield _combination.RULES[row.name]


@cache
def _forms() -> dict[str, _Form]:
    forms: dict[str, _Form] = {name: _Form(row) for name, row in vocabulary().elements.items()}
    for form in forms.values():
        form.children.update((name, forms[name]) for name in form.row.children)
    return forms


def _element(node: etree._Element, form: _Form, parent: str, report: Report) -> None:
    items = node.items()
    if len(node):
        _look(node, items, form, parent, report)
        for child in node:
            inner = form.children.get(str(child.tag))
            if inner is not None:
                _element(child, inner, form.name, report)
            else:
                _stranger(child, form, report)
        return
    leaf = (parent, node.text, *items)
    if leaf in form.leaves:
        return
    seen = report.seen
    _look(node, items, form, parent, report)
    if report.seen == seen:
        form.leaf(leaf, node.text)


def _look(
    node: etree._Element,
    items: Sequence[tuple[str, str]],
    form: _Form,
    parent: str,
    report: Report,
) -> None:
    """Look at one element itself."""
    for item in items:
        if item not in form.attributes:
            form.attribute(node, parent, item, report)
    for look in form.looks:
        look(node, form.row, parent, report)


def _stranger(node: etree._Element, parent: _Form, report: Report) -> None:
    """An element where it does not belong; what is in it is looked at all the same."""
    _strange.element(node, parent.row, report)
    form = _forms().get(str(node.tag))
    if form is not None:
        _element(node, form, parent.name, report)
