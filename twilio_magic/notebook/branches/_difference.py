"""What is different in a branch of a call, in words."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ...api import Call
    from ...timeline import Event


def tell_difference(call: Call, branch: Call) -> str:
    """Until when *branch* is the same as *call*, and whether anybody hears anything else in it."""
    from ...timeline import clock

    parted = _find_parting(call, branch)
    if parted is None:
        return "Nothing is different: the call goes the same way to its end."
    same = f"Until {clock(parted)} nothing is different"
    if (_list_heard(call), call.status) == (_list_heard(branch), branch.status):
        return f"{same}, and afterwards the caller hears the same."
    return f"{same}."


def _find_parting(call: Call, branch: Call) -> float | None:
    """When the first event happens that is not the same in both calls."""
    for was, now in zip_longest(call.timeline, branch.timeline):
        if was is None or now is None or _outline(was) != _outline(now):
            return min(event.at for event in (was, now) if event is not None)
    return None


def _outline(event: Event) -> tuple[float, str, str]:
    return event.at, event.kind, event.text


def _list_heard(call: Call) -> list[str]:
    """What the caller hears, without its times."""
    return [
        event.data.get("words", event.text)
        for event in call.timeline
        if event.kind in ("said", "played", "heard")
    ]
