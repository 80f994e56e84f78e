"""The shape of a rule: a function that looks at one element."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml import etree

    from ._report import Report
    from ._vocabulary import ElementRow

#: Looks at a node, of which the vocabulary says *row* and which stands in the element named by the
#: string, and adds what it finds to the report.
Look = Callable[["etree._Element", "ElementRow", str, "Report"], None]
