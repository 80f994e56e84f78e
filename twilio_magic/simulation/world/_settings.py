"""Attributes of resources that stand for their settings, under the names of the official library."""

from __future__ import annotations

from typing import Any, Protocol


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
            resource.settings[self._name] = str(value)
