"""TwiML applications: a voice URL under a sid. Source: Twilio's page "Application resource"."""

from __future__ import annotations

from typing import Any, ClassVar

from ...display import visible_line
from ._listable import Collection
from ._resource import Deletable, Fetchable, Updatable


class Application(Fetchable, Updatable, Deletable):
    """One TwiML application; ``application.sid`` is what a call's ``application_sid`` takes."""

    family: ClassVar[str] = "applications"

    friendly_name: str | None
    voice_url: str | None
    voice_method: str
    status_callback: str | None

    def __repr__(self) -> str:
        name = f" {self.friendly_name!r}" if self.friendly_name else ""
        return visible_line(f"<Application {self.sid}{name}: {self.voice_url or 'no voice URL'}>")


class Applications(Collection[Application]):
    """The TwiML applications of an account."""

    kind = Application
    key = "applications"

    def create(self, *values: Any, **parameters: Any) -> Application:
        """Make an application, usually with ``voice_url`` and ``friendly_name``."""
        return self._create(self._name_values("create", values, parameters))

    def update(self, sid: str, **parameters: Any) -> Application:
        """Change the application with this sid, for calls that start from now on."""
        return self._update(sid, parameters)

    def delete(self, sid: str) -> None:
        """Remove the application with this sid."""
        self._delete(sid)
