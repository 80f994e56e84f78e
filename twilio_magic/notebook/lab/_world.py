"""The notebook's world as the panel of JupyterLab shows it, and the card of one of its calls."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ...control import state_record
from ...display import to_html, visible_line
from ...errors import TwilioMagicError
from .._session import session
from ._softphones import list_softphones

#: Rows of a list, and characters of a text: a panel is narrow, and `simulator` shows the rest.
MOST = 200
_FACTS = ("sid", "from", "to", "status", "created", "duration", "is_over", "events", "failures")


def describe_world() -> dict[str, Any]:
    """What there is in the notebook's world now: the newest calls, numbers, phones, web addresses and faults."""
    found = state_record(session().simulator)
    lists = {
        "calls": _pick(found["calls"], _FACTS),
        "numbers": [_number(each) for each in found["numbers"]],
        "phones": _phones(found["phones"], found["names"]),
        "mounts": found["mounts"],
        "faults": found["faults"],
    }
    head = {name: found[name] for name in ("now", "date", "speed")}
    shown = {name: each[:MOST] for name, each in lists.items()}
    counts = {name: len(each) for name, each in lists.items()}
    return {
        "where": session().where,
        "is_live": session().client.is_live,
        **_readable({**head, **shown}),
        "counts": counts,
        "softphones": list_softphones(),
    }


def find_card(sid: str) -> str:
    """The card of the call *sid* as HTML, in which everything is escaped; raises :class:`TwilioMagicError`."""
    try:
        return to_html(session().simulated_client.calls.fetch(sid))
    except ValueError:
        raise TwilioMagicError(f"{sid!r} is no sid of a call.") from None


def _pick(records: Iterable[Mapping[str, Any]], names: Iterable[str]) -> list[dict[str, Any]]:
    return [{name: each[name] for name in names} for each in records]


def _number(record: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "number": record["phone_number"],
        "answers": record["voice_application_sid"] or record["voice_url"],
        "name": record["friendly_name"],
    }


def _phones(scripts: Mapping[str, str], names: Mapping[str, str]) -> list[dict[str, Any]]:
    """Every phone that has a script or a name, with what it does; null is what every phone does."""
    return [
        {"address": each, "name": names.get(each), "does": scripts.get(each)}
        for each in dict.fromkeys([*scripts, *names])
    ]


def _readable(value: Any) -> Any:
    """*value* with texts that read as they are written, and are not longer than a panel shows."""
    match value:
        case str():
            text = visible_line(value)
            return text if len(text) <= MOST else f"{text[:MOST].rstrip()} …"
        case dict():
            return {name: _readable(each) for name, each in value.items()}
        case list():
            return [_readable(each) for each in value]
        case _:
            return value
