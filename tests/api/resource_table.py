"""Writes the table of all resources of the API, ``resources.json``, from the description that Twilio publishes.

``python -m tests.api.resource_table DESCRIPTION`` takes ``twilio_api_v2010.json`` of
github.com/twilio/twilio-oai (MIT).
What ``parameters.json`` has already, with codes and words of our own, stays there, and is named here.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import twilio_magic
from twilio_magic.api.requests._operations import voice_operations

from .consent import consent

TARGET = Path(twilio_magic.__file__).parent / "api" / "requests" / "resources.json"
VERBS = ("create", "list", "fetch", "update", "delete")

_ROOT, _ACCOUNT = "/2010-04-01", "/Accounts/{AccountSid}"
_PLACE = re.compile(r"\{\w+\}")
_NUMBERED = re.compile(r"Parameter\d+\.(\w+)")
_SID = re.compile(r"\^\(?([A-Z]{2})(?:\|[A-Z]{2}\))?\[0-9a-fA-F\]\{32\}\$")

#: Segments of paths that Twilio's libraries have no name for, and what creates with a name of its own there.
_SILENT = {"SMS"}
_OWN_NAMES = {
    "CreateNewKey": "new_keys",
    "CreateNewSigningKey": "new_signing_keys",
    "CreateValidationRequest": "validation_requests",
}
_TYPES = {
    "http-method": "http-method",
    "uri": "url",
    "date": "date",
    "date-time": "datetime",
    "twiml": "twiml",
    "endpoint": "endpoint",
    "phone-number": "phone-number",
    "iso-country-code": "iso-country-code",
}
#: What a list is filtered by may be a part of a value: ``*555*``; and messages go to other addresses, too.
_FILTERS = {"phone-number": "string"}
#: What a new resource has where the description does not say it. Source: Twilio's pages on these resources.
_DEFAULTS: dict[str, dict[str, Any]] = {
    "recordings.add_on_results": {"status": "completed"},
    "recordings.add_on_results.payloads": {"content_type": "application/json"},
    "sip.domains": {"auth_type": ""},
    "sip.ip_access_control_lists.ip_addresses": {"cidr_prefix_length": 32},
    "usage.triggers": {"recurring": "alltime", "trigger_by": "usage", "current_value": "0"},
}
#: Parameters that Twilio's library has, and its description has not, or calls otherwise.
_MORE: Mapping[str, list[Mapping[str, Any]]] = {
    "calls.transcriptions.create": [{"name": "TranscriptionConfigurationId", "type": "string"}],
}
#: Where in its order they stand, where that is not the end: behind what.
_BEHIND: Mapping[str, Mapping[str, str]] = {
    "calls.create": {
        "RecordingConfigurationId": "RecordingStatusCallbackMethod",
        "Passports": "AsyncAmdStatusCallbackMethod",
    },
    "messages.create": {"MessageIntent": "ContentVariables"},
    "participants.create": {"Passports": "CallToken"},
    "call_recordings.create": {"RecordingConfigurationId": "RecordingTrack"},
    "calls.transcriptions.create": {"TranscriptionConfigurationId": "ConversationId"},
}
#: Parameters of the description that the library calls otherwise.
_OTHERWISE = {"ConfigurationId"}
_SECRETS = {"AuthToken", "Password", "SipAuthPassword"}

#: What the words of a parameter say of it beside its type. Twilio's page "Stream resource" has wss alone.
_WORDS: Mapping[str, Mapping[str, Any]] = {
    "WebSocket connection": {"schemes": ["wss"]},
    "(?i:absolute or relative|relative or absolute)|offsets from the current date": {
        "relative": True
    },
    "on and before a specific date": {"whole_day": True},
}

Described = dict[str, Any]


def table(description: Mapping[str, Any]) -> Described:
    """The table, as it is stored."""
    described = Description(description)
    resources = described.resources()
    rows = [
        row
        for resource in resources.values()
        for verb in VERBS
        if isinstance(resource.get(verb), dict)
        for row in resource[verb]["parameters"]
    ]
    often = Counter(json.dumps(row, sort_keys=True) for row in rows)
    shared: dict[str, Described] = {}
    for text, times in often.most_common():
        row = json.loads(text)
        if times > 2 and row["name"] not in shared:
            shared[row["name"]] = row
    for resource in resources.values():
        for verb in VERBS:
            if isinstance(resource.get(verb), dict):
                parameters = resource[verb]["parameters"]
                resource[verb]["parameters"] = [
                    row["name"] if shared.get(row["name"]) == row else row for row in parameters
                ]
    return {
        "shared": sorted(shared.values(), key=lambda row: row["name"]),
        "order": described.order,
        "resources": resources,
    }


class Description:
    """Twilio's OpenAPI description of the API."""

    def __init__(self, description: Mapping[str, Any]) -> None:
        self._paths: Mapping[str, Any] = description["paths"]
        self._schemas: Mapping[str, Any] = description["components"]["schemas"]
        self._own = {
            (each.method, _shape(each.path)): each.name for each in voice_operations().values()
        }
        #: The names of parameters in the order of Twilio's libraries, for what has a table of its own.
        self.order: dict[str, list[str]] = {}

    def resources(self) -> dict[str, Described]:
        """Every resource, by the names that Twilio's libraries have for the way to it."""
        found: dict[str, Described] = {}
        for path, entry in sorted(self._paths.items()):
            for verb, method, asked in self._operations(entry):
                below = path.removeprefix(_ROOT)
                is_root = not below.startswith(_ACCOUNT)
                below = below if is_root else below.removeprefix(_ACCOUNT)
                name = _OWN_NAMES.get(asked["operationId"]) or _name(below)
                kind = asked["operationId"].removeprefix(verb.capitalize())
                resource = found.setdefault(name, {"kind": kind, "path": _collection(below)})
                if is_root:
                    resource["root"] = True
                if name in _DEFAULTS:
                    resource["defaults"] = _DEFAULTS[name]
                if _is_instance(below):
                    resource["place"] = below.rpartition("{")[2].removesuffix("}.json")
                self._describe(resource, asked, entry)
                own = None if is_root else self._own.get((method.upper(), _shape(below)))
                resource[verb] = own or self._operation(name, verb, asked)
                if own or f"{name}.{verb}" in _BEHIND:
                    rows = sorted(
                        self._parameters(asked), key=lambda row: not row.get("required", False)
                    )
                    names = [row["name"] for row in rows if row["name"] not in _OTHERWISE]
                    named = own or f"{name}.{verb}"
                    self.order[named] = _insert(names, named)
        return {name: _in_order(row) for name, row in sorted(found.items())}

    def _operations(self, entry: Mapping[str, Any]) -> Iterator[tuple[str, str, Described]]:
        for method in ("post", "get", "delete"):
            if method in entry:
                verb = re.match("[A-Z][a-z]+", entry[method]["operationId"])
                assert verb is not None
                yield verb[0].lower(), method, entry[method]

    def _describe(self, resource: Described, asked: Described, entry: Mapping[str, Any]) -> None:
        """Add what the answers to one operation say of the resource."""
        for status, answer in asked["responses"].items():
            if status >= "4" or "content" not in answer:
                continue
            schema = self._resolve(answer["content"]["application/json"]["schema"])
            properties = schema.get("properties", {})
            lists = [name for name, each in properties.items() if "items" in each]
            if asked["operationId"].startswith("List"):
                resource["key"] = lists[0]
                schema = self._resolve(properties[lists[0]]["items"])
            resource["fields"] = {
                name: self._field(each) for name, each in schema["properties"].items()
            }
        columns = entry.get("x-twilio", {}).get("defaultOutputProperties")
        if columns:
            resource["columns"] = columns

    def _field(self, schema: Mapping[str, Any]) -> str:
        schema = self._resolve(schema)
        sid = _SID.fullmatch(schema.get("pattern", ""))
        if sid:
            return f"sid {sid[1]}"
        if "enum" in schema and schema.get("format") != "http-method":
            return "enum " + "|".join(schema["enum"])
        kind = schema.get("format", "")
        return kind if "date" in kind else str(schema.get("type", "any"))

    def _operation(self, name: str, verb: str, asked: Described) -> Described:
        success = next(iter(sorted(asked["responses"])))
        parameters = [*self._parameters(asked), *_MORE.get(f"{name}.{verb}", [])]
        return {
            "success": int(success),
            "parameters": parameters,
            **consent(name, verb),
        }

    def _parameters(self, asked: Described) -> Iterator[Described]:
        for each in asked.get("parameters", []):
            if each["in"] == "query":
                row = self._parameter(
                    each["name"], each["schema"], each.get("required", False), each["description"]
                )
                if _snake(each["name"]) in self._listed_fields(asked):
                    row["type"] = _FILTERS.get(row["type"], row["type"])
                yield row
        body = asked.get("requestBody")
        schema = body["content"]["application/x-www-form-urlencoded"]["schema"] if body else {}
        numbered = set()
        for name, each in schema.get("properties", {}).items():
            match = _NUMBERED.fullmatch(name)
            if match is None:
                words = each.get("description", "")
                yield self._parameter(name, each, name in schema.get("required", []), words)
            elif match[1] not in numbered:
                numbered.add(match[1])
                yield {"name": f"Parameter{{n}}.{match[1]}", "type": "string", "up_to": 99}

    def _listed_fields(self, asked: Described) -> Mapping[str, Any]:
        """The fields of the rows that an operation lists; none of one that lists nothing."""
        schema = self._resolve(asked["responses"]["200"]["content"]["application/json"]["schema"])
        rows = (each["items"] for each in schema["properties"].values() if "items" in each)
        found: Mapping[str, Any] = self._resolve(next(rows, {})).get("properties", {})
        return found

    def _parameter(
        self, name: str, schema: Mapping[str, Any], required: bool, words: str = ""
    ) -> Described:
        row: Described = {"name": name, "type": "string", **_meaning(words)}
        is_list = "items" in schema
        schema = self._resolve(schema["items"] if is_list else schema)
        kind, sid = schema.get("format", ""), _SID.fullmatch(schema.get("pattern", ""))
        if sid:
            row |= {"type": "sid", "prefix": sid[1]}
        elif "enum" in schema:
            row |= {"type": _TYPES.get(kind, "enum"), "values": schema["enum"]}
        elif schema.get("type") in ("boolean", "integer", "number"):
            row["type"] = schema["type"]
        elif "type" not in schema:
            row["type"] = "object"
        else:
            row["type"] = _TYPES[kind] if kind else "string"
        if is_list:
            row["type"] = "enum-list" if "values" in row else "list"
        for own, theirs in (("min", "minimum"), ("max", "maximum")):
            if theirs in schema:
                row[own] = schema[theirs]
        if required:
            row["required"] = True
        if name in _SECRETS:
            row["secret"] = True
        return row

    def _resolve(self, schema: Mapping[str, Any]) -> Mapping[str, Any]:
        while "$ref" in schema:
            schema = self._schemas[schema["$ref"].rpartition("/")[2]]
        return schema


def _insert(order: list[str], name: str) -> list[str]:
    """*order* with what the library has and the description of the operation *name* has not."""
    for more, before in _BEHIND.get(name, {}).items():
        order.insert(order.index(before) + 1, more)
    return order


def _meaning(words: str) -> Described:
    """What the *words* about a parameter say."""
    found: Described = {}
    for pattern, meaning in _WORDS.items():
        if re.search(pattern, words):
            found |= meaning
    return found


def _shape(path: str) -> str:
    return _PLACE.sub("{}", path)


def _is_instance(path: str) -> bool:
    return path.endswith("}.json")


def _collection(path: str) -> str:
    plain = path.removesuffix(".json")
    return plain.rpartition("/")[0] if _is_instance(path) else plain


def _name(path: str) -> str:
    words = [each for each in path.removesuffix(".json").split("/") if each and each not in _SILENT]
    named = (_snake(word) for word in words if not word.startswith("{"))
    return ".".join(named)


def _snake(word: str) -> str:
    return word.lower() if word.isupper() else re.sub("(?<=[a-z])(?=[A-Z])", "_", word).lower()


def _in_order(resource: Described) -> Described:
    known = ("kind", "path", "root", "place", "key", "columns", "fields", "defaults", *VERBS)
    return {name: resource[name] for name in known if name in resource}


def text(made: Described) -> str:
    """The table as JSON: a line for each parameter that is shared, and for each line of a resource."""
    shared = ",\n".join(f"    {json.dumps(row)}" for row in made["shared"])
    resources = ",\n".join(
        f"    {json.dumps(name)}: {{\n"
        + ",\n".join(f"      {json.dumps(key)}: {json.dumps(value)}" for key, value in row.items())
        + "\n    }"
        for name, row in made["resources"].items()
    )
    order = ",\n".join(
        f"    {json.dumps(name)}: {json.dumps(names)}"
        for name, names in sorted(made["order"].items())
        if names
    )
    return (
        f'{{\n  "shared": [\n{shared}\n  ],\n  "order": {{\n{order}\n  }},\n'
        f'  "resources": {{\n{resources}\n  }}\n}}\n'
    )


if __name__ == "__main__":
    TARGET.write_text(text(table(json.loads(Path(sys.argv[1]).read_text("utf-8")))), "utf-8")
