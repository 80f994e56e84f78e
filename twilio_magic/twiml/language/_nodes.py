"""The nodes that a document is read into: lxml's, or where lxml is not installed, those of Python's own parser.

All that knows which of the two it is stands behind this module. A page in a browser has no lxml (see `make lite`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ._parse_error import ParseError

if TYPE_CHECKING:
    from ._lxml_nodes import Node, add_node, make_node, parse_nodes, write_document, write_node
else:
    try:
        from ._lxml_nodes import Node, add_node, make_node, parse_nodes, write_document, write_node
    except ImportError:
        from ._expat_nodes import Node, add_node, make_node, parse_nodes, write_document, write_node

__all__ = [
    "Node",
    "ParseError",
    "add_node",
    "make_node",
    "parse_nodes",
    "write_document",
    "write_node",
]
