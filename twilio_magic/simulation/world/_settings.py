"""Attributes of resources that stand for their settings, under the names of the official library."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any, Protocol

from ...api import operation, refuse_invalid

if TYPE_CHECKING:
    from ...api import Parameter

_OPERATIONS = ("numbers.update", "sip.domains.update")


class HasSettings(Protocol):
    """A resource with *settings* by Twilio's parameter names."""

    settings: dict[str, str]


class Setting:
    """An attribute that stands for one of the settings."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __get__(self, resource: HasSettings, _: type[Any] | None = None) -> str | None:
        return resource.settings.get(self._name)

    def __set__(self, resource: HasSettings, value: str | None) -> None:
        if value is None:
            resource.settings.pop(self._name, None)
        else:
            resource.settings[self._name] = self._check(str(value))

    def _check(self, value: str) -> str:
        """*value*, which the API would take, too; raises :class:`RequestError` for what it would not."""
        row = _parameters()[self._name]
        refuse_invalid(replace(operation(_OPERATIONS[0]), parameters=(row,)), {row.name: [value]})
        return value


@cache
def _parameters() -> Mapping[str, Parameter]:
    """What the settings of all resources may be."""
    return {row.name: row for name in _OPERATIONS[::-1] for row in operation(name).parameters}
