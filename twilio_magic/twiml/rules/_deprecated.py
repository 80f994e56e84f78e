"""The rule for subject is deprecated, removed or left over from older products."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from ..language._rows import AttributeRow, ElementRow, StatusRow, Voice
from ..language._vocabulary import vocabulary

if TYPE_CHECKING:
    from ..language._nodes import Node
    from ._report import Report


def has_status(row: ElementRow, names: frozenset[str]) -> bool:
    """Whether there may be something to say about the status of an element, its attributes or its voice.

    *names* are those of its attributes.
    """
    outdated = any(known.name in names for known in row.outdated_attributes)
    return bool(_find_status(row).note or outdated or (row.names_voice and "voice" in names))


def check_status(node: Node, row: ElementRow, _parent: str, report: Report) -> None:
    """Report subject is deprecated, removed and the like: the element, its attributes, its voice."""
    if row.status != "current":
        _report(node, f"<{row.name}>", row, report)
    for known in row.outdated_attributes:
        if node.get(known.name) is not None:
            _report(node, f"{known.name} of <{row.name}>", known, report, attribute=known.name)
    if row.names_voice:
        _check_voice(node, report)


def _check_voice(node: Node, report: Report) -> None:
    voice = _outdated_voices().get(node.get("voice") or "")
    if voice is not None:
        _report(node, f"the voice {voice.name}", voice, report, attribute="voice")


@cache
def _outdated_voices() -> dict[str, Voice]:
    voices = vocabulary().voices
    return {name: voice for name, voice in voices.items() if voice.status != "current"}


def _report(
    node: Node,
    subject: str,
    row: ElementRow | AttributeRow | Voice,
    report: Report,
    *,
    attribute: str | None = None,
) -> None:
    status = _find_status(row)
    if status.note is None:
        return
    instead = None if isinstance(row, Voice) else row.replaced_by
    report.add(
        node,
        None,
        status.name,
        f"{subject} {status.note}",
        attribute=attribute,
        hint=f"use {instead}" if instead else None,
        level=status.level,
    )


def _find_status(row: ElementRow | AttributeRow | Voice) -> StatusRow:
    return vocabulary().statuses[row.status]
