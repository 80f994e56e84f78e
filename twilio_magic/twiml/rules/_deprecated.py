"""What still works, or no longer does, because Twilio has moved on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..language._vocabulary import AttributeRow, ElementRow, Voice, vocabulary

if TYPE_CHECKING:
    from lxml import etree

    from ...problem import Level
    from ._report import Report

#: What the statuses mean to somebody who writes a document today. Others need no word.
_WORDS: dict[str, tuple[str, Level]] = {
    "removed": ("was removed by Twilio and no longer works", "warning"),
    "deprecated": ("is deprecated", "advice"),
    "discouraged": ("is discouraged", "advice"),
    "legacy": ("is left over from an older product", "advice"),
    "legacy-undocumented": ("is not documented any more", "advice"),
}


def has_status(row: ElementRow) -> bool:
    """Whether there is anything dated about an element, its attributes or their values."""
    return row.status in _WORDS or bool(row.outdated_attributes) or row.name == "Say"


def check_status(node: etree._Element, row: ElementRow, _parent: str, report: Report) -> None:
    """Look at the status of an element and of its attributes."""
    if row.status in _WORDS:
        _report(node, f"<{row.name}>", row, report)
    for known in row.outdated_attributes:
        if known.status in _WORDS and node.get(known.name) is not None:
            _report(node, f"{known.name} of <{row.name}>", known, report, attribute=known.name)
    if row.name == "Say":
        _check_voice(node, report)


def _check_voice(node: etree._Element, report: Report) -> None:
    voice = vocabulary().voices.get(node.get("voice") or "")
    if voice is not None and voice.status in _WORDS:
        _report(node, f"the voice {voice.name}", voice, report, attribute="voice")


def _report(
    node: etree._Element,
    what: str,
    row: ElementRow | AttributeRow | Voice,
    report: Report,
    *,
    attribute: str | None = None,
) -> None:
    words, level = _WORDS[row.status]
    instead = None if isinstance(row, Voice) else row.replaced_by
    hint = f"use {instead}" if instead else None
    report.add(
        node, None, row.status, f"{what} {words}", attribute=attribute, hint=hint, level=level
    )
