"""The shapes that Twilio publishes of the API's answers, and a judge of answers.

``published_schemas.json`` has the facts of Twilio's OpenAPI description (twilio-oai of 2026-04-14, MIT), by
``make resources``: for each route its statuses and what they carry (``calls: call`` is a page of calls), for each
resource its keys. A key is ``string``, ``integer``, ``date`` (RFC 2822) and so on, the prefix of a sid, or a list of
words; with a ``?`` it may be null.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

_PUBLISHED = json.loads(Path(__file__).with_name("published_schemas.json").read_text("utf-8"))
ROUTES: Mapping[str, Mapping[str, str]] = _PUBLISHED["routes"]
SCHEMAS: Mapping[str, Mapping[str, Any]] = _PUBLISHED["schemas"]
#: Words that live calls have, and the description has not.
SEEN = {"StartCallRecordingTwiML"}
_TYPES = {
    "string": str,
    "boolean": bool,
    "integer": int,
    "number": float,
    "object": dict,
    "array": list,
    "any": object,
}


def misfits(route: str, status: int, body: Any) -> list[str]:
    """What is wrong with the answer to *route*, whose status is a success."""
    carried = ROUTES[route].get(str(status))
    if carried is None:
        return [f"{route}: {status} is not published"]
    return [f"{route}: {each}" for each in _of(carried, body)]


def _of(carried: str, body: Any) -> Iterator[str]:
    key, _, schema = carried.rpartition(": ")
    if key:
        page = {name: body[name] for name in body if name != key}
        if page.keys() != {"uri"}:  # a list without pages
            yield from wrong("page", page)
        for row in body[key]:
            yield from wrong(schema, row)
    elif carried:
        yield from wrong(schema, body)


def wrong(schema: str, value: Mapping[str, Any]) -> list[str]:
    """What is not in *value* as the schema has it."""
    keys = SCHEMAS[schema]
    odd = [f"{schema}: {name} is missing" for name in keys.keys() - value.keys()]
    odd += [f"{schema}: {name} is not published" for name in value.keys() - keys.keys()]
    return odd + [
        f"{schema}: {name} is {value[name]!r}, not {kind}"
        for name, kind in keys.items()
        if name in value and not is_of(kind, value[name])
    ]


def is_of(kind: str | list[str | None], value: Any) -> bool:
    """Whether *value* is of this *kind*."""
    if isinstance(kind, list):
        return value in kind or value in SEEN
    if value is None:
        return kind.endswith("?") or kind == "any"
    plain = kind.removesuffix("?")
    if plain == "date":
        return isinstance(value, str) and parsedate_to_datetime(value).tzinfo is not None
    if plain in _TYPES:
        is_flag = isinstance(value, bool)
        return isinstance(value, _TYPES[plain]) and is_flag == (plain == "boolean")
    return isinstance(value, str) and re.fullmatch(plain + "[0-9a-f]{32}", value) is not None


def route_of(method: str, path: str) -> str:
    """The route that *method* and *path* belong to; raises :class:`LookupError` if none is published."""
    below = re.sub(r"^/2010-04-01/(Accounts/AC\w{32}(?=[/.]))?", "", path)
    found = [each for each in ROUTES if _pattern(each).fullmatch(f"{method} {below}")]
    return min(found, key=lambda each: each.count("{}")) if found else _refuse(method, below)


def _refuse(method: str, path: str) -> str:
    raise LookupError(f"{method} {path} is not published")


def _pattern(route: str) -> re.Pattern[str]:
    return re.compile(re.escape(route).replace(r"\{\}", "[^/.]+"))
