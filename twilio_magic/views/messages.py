"""Text messages as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ._rows import rows

if TYPE_CHECKING:
    from ..simulation import Message, MessageList


def bundle_messages(messages: MessageList) -> dict[str, str]:
    """The MIME bundle of *messages*."""
    shown = rows("Messages", ("from", "to", "says", "status"), map(_row, messages), repr(messages))
    return {"text/plain": repr(messages), "text/html": str(shown)}


def _row(message: Message) -> tuple[str, str, str, str]:
    media = f" and {len(message.media)} media" if message.media else ""
    error = f" ({message.error_code})" if message.error_code else ""
    said = f"“{' '.join(message.body.split())}”{media}"
    return message.from_, message.to, said, f"{message.status}{error}"
