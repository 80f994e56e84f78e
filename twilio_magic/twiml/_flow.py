"""Which verbs let the next one run."""

from __future__ import annotations

from collections.abc import Callable

#: Asks for an attribute of a verb, as written.
Attribute = Callable[[str], str | None]


def stops(ends: str, attribute: Attribute, *, waiting: bool = False) -> bool:
    """Whether no verb runs after one that *ends* in this way (`ElementRow.ends`).

    A verb with an action hands the call over to another document; Leave ends a document where a
    call is *waiting* in a queue.
    """
    if ends == "action":
        return attribute("action") is not None
    if ends == "input":
        return attribute("actionOnEmptyResult") == "true"
    return ends == "always" or (ends == "wait" and waiting)
