"""Nodes of lxml. Its parser is hardened: no DTD, no entities but the five of XML, no network, no huge or deep trees."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from lxml import etree

from ._parse_error import ParseError

Node = etree._Element

_PLACE = re.compile(r", line \d+, column \d+.*$", re.DOTALL)


def parse_nodes(data: bytes) -> Node:
    """Parse *data*, which is UTF-8; raises `ParseError`."""
    try:
        return etree.fromstring(data, _parser())
    except etree.XMLSyntaxError as error:
        line, column = error.position
        said = _PLACE.sub("", error.msg or "it cannot be parsed")
        raise ParseError(said, max(line or 1, 1), max(column or 1, 1)) from None


def make_node(name: str) -> Node:
    """Make a node without a parent."""
    return etree.Element(name)


def add_node(parent: Node, name: str, attributes: Mapping[str, str] | None = None) -> Node:
    """Make a node, and put it behind the other children of *parent*."""
    return etree.SubElement(parent, name, attributes or {})


def write_node(node: Node) -> str:
    """Write *node* as XML, without the text that follows it."""
    return etree.tostring(node, encoding="unicode", with_tail=False)


def write_document(root: Node) -> bytes:
    """Write a document as UTF-8, with an XML declaration."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


@cache
def _parser() -> etree.XMLParser:
    return etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
