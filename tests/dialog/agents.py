"""A voice agent that says when the bakery is open, at some length."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping


async def answer(prompt: str) -> AsyncIterator[str | Mapping[str, str | bool]]:
    """What the agent says to *prompt*; it ends the session when its last word was heard."""
    if "open" in prompt:
        yield "We are open from eight to six, from Monday to Friday, and on Saturdays until noon."
        return
    yield {"type": "text", "token": "Goodbye.", "last": True}
    await asyncio.sleep(3)
    yield {"type": "end"}
