"""A walk through the whole API by the official SDK: every method of its own tree, called by its signature."""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from types import ModuleType
from typing import Any

from twilio.base.exceptions import TwilioRestException

#: Arguments beside the required ones, for classes whose signatures do not say that one of several has to be given.
MORE: Mapping[str, Mapping[str, str]] = {
    "CallList.create": {"twiml": "<Response><Sya/><Pause length='600'/></Response>"},
    "DomainList.create": {"domain_name": "walk.sip.twilio.com"},
    "IncomingPhoneNumberList.create": {"phone_number": "+14155550100"},
    "SiprecList.create": {"connector_name": "recorder"},
    "StreamList.create": {"url": "wss://app.example.com/media"},
    "MessageList.create": {
        "from_": "+12125551234",
        "body": "text",
        "media_url": "https://app.example.com/a.png",
    },
}
#: What a parameter is given, by a part of its name; the first that fits.
_TEXTS = (
    (r"installed_add_on_sid", "XE" + "0" * 32),
    (r"url|callback$", "https://app.example.com/hook"),
    (r"method", "GET"),
    (r"country", "US"),
    (r"ip_address", "192.0.2.1"),
    (r"near_number", "+14155550199"),
    (r"^to$|^from_$|fallback_from", "+13105555555"),
    (r"confirmation", "true"),
    (r"date|send_at", "2026-01-06"),
    (r"trigger_value|parameter|", "1"),
)


class Walk:
    """Calls the methods of a tree, and keeps what the SDK raised. *between* is called after each resource is made."""

    def __init__(self, answered_stored: Callable[[], bool], between: Callable[[str], None]) -> None:
        self.refused: list[str] = []
        self._stored = answered_stored
        self._between = between
        self._sids: dict[str, str] = {}
        self._seen: set[str] = set()
        self._numbers = iter(range(200, 1000))
        self._last: list[Callable[[], None]] = []

    def of(self, accounts: Any) -> None:
        """Walk through everything below the oldest of *accounts*, and delete it in the end."""
        self._call(accounts, "create")
        oldest = self._call(accounts, "list")[-1]
        self._visit_context(accounts(oldest.sid))
        for delete in reversed(self._last):
            delete()

    def _visit_list(self, resources: Any) -> None:
        made = self._call(resources, "create")
        if made is not None:
            self._between(type(resources).__name__)
        rows = self._call(resources, "list", limit=20) or []
        self._call(resources, "fetch")
        self._visit_below(resources)
        if "__call__" in vars(type(resources)):
            names = list(inspect.signature(resources).parameters)
            example = made or self._unseen(rows, names)
            if names and example is None:
                self.refused.append(f"{type(resources).__name__}: nothing to be fetched")
                return
            sids = [getattr(example, name) for name in names]
            self._seen.update(sids)
            self._sids[_word(resources)] = str(next(iter(sids), ""))
            self._visit_context(resources(*sids))

    def _unseen(self, rows: Sequence[Any], names: Sequence[str]) -> Any:
        """The oldest of *rows* that no other list has shown: each can be deleted once."""
        fresh = (row for row in reversed(rows) if getattr(row, names[0]) not in self._seen)
        return next(fresh, None) if names else None

    def _visit_context(self, one: Any) -> None:
        self._call(one, "fetch")
        self._call(one, "update")
        self._last.append(lambda: self._delete(one))
        self._visit_below(one)

    def _visit_below(self, parent: Any) -> None:
        for name in sorted(vars(type(parent)), key=_order):
            if isinstance(vars(type(parent))[name], property):
                below = getattr(parent, name)
                if type(below).__name__.endswith("List"):
                    self._visit_list(below)

    def _delete(self, one: Any) -> None:
        if type(one).__name__ == "CallContext":
            self._call(one, "update", status="completed")
        self._call(one, "delete")

    def _call(self, thing: Any, name: str, **given: Any) -> Any:
        """Call a method with what it requires; with everything that it takes, too, if that is only stored."""
        method = getattr(thing, name, None)
        if method is None:
            return None
        where = f"{type(thing).__name__}.{name}"
        parameters = inspect.signature(method).parameters.values()
        words = sys.modules[type(thing).__module__]
        values = {each.name: self._value(each, words) for each in parameters}
        required = {each.name for each in parameters if each.default is each.empty}
        needed = {name: values[name] for name in required}
        result = self._try(where, method, {**needed, **MORE.get(where, {}), **given})
        if self._stored() and name != "delete" and len(needed) < len(parameters):
            known = {name: value for name, value in values.items() if value is not None}
            result = self._try(where, method, {**known, **MORE.get(where, {}), **given}) or result
        return result

    def _try(self, where: str, method: Any, arguments: Mapping[str, Any]) -> Any:
        try:
            return method(**arguments)
        except TwilioRestException as error:
            self.refused.append(f"{where}: {error.status} {error.code}")
            return None

    def _value(self, parameter: inspect.Parameter, module: ModuleType) -> Any:
        """Something that the parameter takes, judged from its name and its type; ``None`` for what pages a list."""
        kind, name = str(parameter.annotation), parameter.name
        if name in ("limit", "page_size"):
            return None
        if words := re.search(r"(\w+Instance)\.(\w+)", kind):
            return _first_word(getattr(getattr(module, words[1]), words[2]))
        if "bool" in kind:
            return True
        if "int" in kind or "float" in kind:
            return 1
        if name == "phone_number":
            return f"+14155550{next(self._numbers)}"
        if name.endswith("_sid") and (known := self._sids.get(name.removesuffix("_sid"))):
            return known
        if name.endswith("_sid") and "installed" not in name:
            return None if parameter.default is not parameter.empty else "?"
        return next(text for part, text in _TEXTS if re.search(part, name))


def _order(name: str) -> tuple[bool, str]:
    """Lists of credentials and addresses come first, because others name them, and so does what makes keys."""
    return not (name.endswith("_lists") or name.startswith("new_")), name


def _first_word(enumeration: type) -> str:
    return next(str(value) for name, value in vars(enumeration).items() if name.isupper())


def _word(resources: Any) -> str:
    """The name of a class of lists as it stands in the names of parameters: ``credential_list``."""
    name = type(resources).__name__.removesuffix("List")
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()
