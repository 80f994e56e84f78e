"""Writes ``published_schemas.json``, the shapes of all answers, from the description that Twilio publishes.

``python -m tests.simulation.schemas DESCRIPTION`` takes ``twilio_api_v2010.json`` of github.com/twilio/twilio-oai
(MIT).
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from twilio_magic.simulation.rest._app import application
from twilio_magic.simulation.rest.stored import is_stored

SCHEMAS = Path(__file__).with_name("published_schemas.json")
_ACCOUNT = "/2010-04-01/Accounts/{AccountSid}"
_ACCOUNTS = "/2010-04-01/"
_METHODS = ("post", "get", "delete")
_PLACE = re.compile(r"\{\w+\}")
#: Fields that may be null, though the description does not say so.
_NULL_TOO = {("conference", "reason_conference_ended")}


class Description:
    """What Twilio's description says, in the notation of the tables."""

    def __init__(self, path: Path) -> None:
        self._read = json.loads(path.read_text("utf-8"))

    @cached_property
    def operations(self) -> list[tuple[str, str, Mapping[str, Any]]]:
        """The path below the account, the method, and what is said of it."""
        return [
            (_short(path), method.upper(), said[method])
            for path, said in self._read["paths"].items()
            for method in _METHODS
            if method in said
        ]

    def answers(self, operation: Mapping[str, Any]) -> dict[str, tuple[str, str]]:
        """The key of the rows, if it is a list, and the schema, for each status that is a success."""
        found = {}
        for status, said in operation["responses"].items():
            if status >= "4":
                continue
            schema = said.get("content", {}).get("application/json", {}).get("schema", {})
            rows = {
                key: each["items"]
                for key, each in schema.get("properties", {}).items()
                if each.get("type") == "array"
            }
            key, schema = next(iter(rows.items())) if rows else ("", schema)
            found[status] = (key, _name(schema.get("$ref", "")))
        return found

    def fields(self, schema: str) -> dict[str, Any]:
        """The fields of a resource in the notation of ``published_schemas.json``."""
        properties = self._schemas[schema].get("properties", {})
        return {name: self._published((schema, name), each) for name, each in properties.items()}

    @cached_property
    def _schemas(self) -> dict[str, Any]:
        return {_name(name): each for name, each in self._read["components"]["schemas"].items()}

    def _resolve(self, said: Mapping[str, Any]) -> Mapping[str, Any]:
        return self._schemas[_name(said["$ref"])] if "$ref" in said else said

    def _published(self, place: tuple[str, str], said: Mapping[str, Any]) -> Any:
        schema = self._resolve(said)
        nullable = schema.get("nullable", False) or place in _NULL_TOO
        if "enum" in schema:
            return [*schema["enum"], *([None] if nullable else [])]
        pattern = schema.get("pattern", "").removeprefix("^").removesuffix("[0-9a-fA-F]{32}$")
        plain = pattern or (
            "date" if schema.get("format") == "date-time-rfc-2822" else schema.get("type", "any")
        )
        return plain + "?" * nullable


def _short(path: str) -> str:
    return path.removeprefix(_ACCOUNT) if path.startswith(_ACCOUNT) else _outside(path)


def _outside(path: str) -> str:
    """The path of the accounts themselves: that of one account is all suffix, that of all has no first slash."""
    return ".json" if "{Sid}" in path else path.removeprefix(_ACCOUNTS)


def _name(reference: str) -> str:
    return reference.rpartition("/")[2].rpartition(".")[2].replace("-", "_")


def published(description: Description) -> dict[str, Any]:
    """Every route with its statuses and what they carry, and the fields of what is carried."""
    routes: dict[str, dict[str, str]] = {}
    carried: dict[str, dict[str, Any]] = {}
    for path, method, operation in description.operations:
        answers = description.answers(operation)
        routes[f"{method} {_PLACE.sub('{}', path)}"] = {
            status: f"{key}: {schema}" if key else schema
            for status, (key, schema) in answers.items()
        }
        carried |= {name: description.fields(name) for _, name in answers.values() if name}
    return {"routes": routes, "schemas": {"page": _page(description), **carried}}


def _page(description: Description) -> dict[str, Any]:
    return {
        "end": "integer",
        "first_page_uri": "string",
        "next_page_uri": "string?",
        "page": "integer",
        "page_size": "integer",
        "previous_page_uri": "string?",
        "start": "integer",
        "uri": "string",
    }


def simulated_routes() -> set[str]:
    """What the modules of the REST API answer by themselves: method and path."""
    own = f"{_ACCOUNTS}Accounts"  # Lookup is another product
    return {
        f"{method} {_below_account(rule.rule)}"
        for rule in application().url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if rule.rule.startswith(own) and not is_stored(rule.endpoint)
    }


def _below_account(rule: str) -> str:
    """The path of a route as the tables have it."""
    _, account, below = rule.partition("<account_sid>")
    return re.sub("<[^>]+>", "{}", below if account else rule.removeprefix(_ACCOUNTS))


def _lines(tree: Mapping[str, Any], depth: int) -> Iterator[str]:
    """*tree* as JSON, of which each value at *depth* has a line."""
    margin = "  "
    last = list(tree)[-1]
    for name, value in tree.items():
        comma = "" if name == last else ","
        if depth:
            yield f"{json.dumps(name)}: {{"
            yield from (margin + line for line in _lines(value, depth - 1))
            yield f"}}{comma}"
        else:
            yield f"{json.dumps(name)}: {json.dumps(value)}{comma}"


def _write(path: Path, tree: Mapping[str, Any], depth: int) -> None:
    lines = "".join(f"  {line}\n" for line in _lines(tree, depth))
    path.write_text(f"{{\n{lines}}}\n", "utf-8")


def write(path: Path) -> None:
    """Write the table from the description at *path*."""
    description = Description(path)
    _write(SCHEMAS, published(description), 1)


if __name__ == "__main__":
    write(Path(sys.argv[1]))
