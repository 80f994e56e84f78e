"""Rules that depend on how a document is delivered: inline through the API, or to an account in PCI mode."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..language._values import is_absolute, is_url
from ..language._vocabulary import vocabulary
from ._text import own_text

if TYPE_CHECKING:
    from ..language._nodes import Node
    from ..language._rows import ElementRow
    from ..language._tree import Tree
    from ._report import Report


_RELATIVE_HINT = "write the whole URL, or mount the document and call it: %mount https://ivr.example.com/menu NAME"


def check_delivery(tree: Tree, report: Report, *, inline: bool, pci: bool) -> None:
    """Check the size and the URLs of a document that is delivered inline or in PCI mode."""
    if inline:
        _check_length(tree, report)
    if not (inline or pci):
        return
    for node in tree.nodes():
        row = vocabulary().elements.get(str(node.tag))
        if row is not None and inline:
            _check_absolute(node, row, report)
        if row is not None and pci:
            _check_https(node, row, report)


def _check_length(tree: Tree, report: Report) -> None:
    facts = vocabulary().document
    limit = facts["limits"]["inline_characters"]
    size = len(tree.text)
    if size > limit:
        report.add(
            tree.root,
            facts["codes"]["inline"],
            "too-large-inline",
            f"the document has {size:,} characters; given inline, {limit:,} are possible",
            hint="serve it from a URL",
        )


def _check_absolute(node: Node, row: ElementRow, report: Report) -> None:
    for name, attribute in row.attributes.items():
        value = node.get(name)
        if attribute.type != "url" or attribute.absolute or not value:
            continue  # what has to be absolute anyway is reported already
        if is_url(value) and not is_absolute(value):
            message = f'{name}="{value}" is relative, and an inline document has no URL of its own'
            code = vocabulary().code_of_relative(row.name, {name: value}, value)
            report.add(node, code, "relative-url", message, attribute=name, hint=_RELATIVE_HINT)
    text = own_text(node) if row.text.type == "url" else ""
    if text and is_url(text) and not is_absolute(text):
        message = f"{text} is relative, and an inline document has no URL of its own"
        code = vocabulary().code_of_relative(row.name, {}, text)
        report.add(node, code, "relative-url", message, hint=_RELATIVE_HINT)


def _check_https(node: Node, row: ElementRow, report: Report) -> None:
    for name, attribute in row.attributes.items():
        value = node.get(name) or ""
        if "pci" in attribute.codes and value.lower().startswith("http://"):
            message = f'{name}="{value}" is not https, which PCI mode asks for'
            report.add(node, attribute.codes["pci"], "pci", message, attribute=name)
