"""Placeholders: values that stand for one that is still to be filled in, such as ``ACxxxxxxxx`` and ``${number}``.

Nobody would take one for the real value, and Twilio's own samples are full of them. So a placeholder is one piece of
advice, and not the error that the same value would be in a document that is used.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from ..language._vocabulary import vocabulary

if TYPE_CHECKING:
    from ..language._nodes import Node
    from ._report import Report

#: The kinds of placeholders by the types of the values that they may stand for, beside those of any value.
_KINDS = {
    "caller-id": ("number", "words"),
    "elements": ("elements",),
    "phone-number": ("number", "words"),
    "sid": ("sid", "words"),
    "sip-uri": ("sip", "words"),
    "url": ("url", "host", "words"),
}
#: Braces mean something else in a URL template and in JSON; only a pattern of their own says which are placeholders.
_ANY_KINDS = {"url": ("any",), "json": ("name",), "elements": ()}
_LONGEST = 300  # characters: what is longer is no placeholder


def looks_like_placeholder(kind: str | None, value: str) -> bool:
    """Whether *value*, of this type, stands for one that is still to be filled in."""
    if len(value) > _LONGEST:
        return False
    kinds = (*_KINDS.get(kind or "", ()), *_ANY_KINDS.get(kind or "", ("any", "hole")))
    return any(_patterns()[each].fullmatch(value) for each in kinds)


def report_placeholder(
    node: Node, value: str, report: Report, *, attribute: str | None = None
) -> None:
    """Advise that *value* is a placeholder."""
    report.add(
        node,
        None,
        "placeholder",
        f"{value[:60]} is a placeholder",
        attribute=attribute,
        hint="write the real value before the document is used",
    )


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    written: dict[str, str] = vocabulary().document["placeholders"]
    return {name: re.compile(pattern) for name, pattern in written.items()}
