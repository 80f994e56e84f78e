"""TwiML applications: a voice URL under a sid. Source: Twilio's page "Application resource"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from ._resource import Resource

if TYPE_CHECKING:
    from ._transport import Transport


class Application(Resource):
    """One TwiML application; ``application.sid`` is what a call's ``application_sid`` takes."""

    _family = "applications"

    def fetch(self) -> Self:
        """The same object with every field as the API has it now."""
        self.fields = self._ask("fetch", {})
        return self

    def update(self, **parameters: Any) -> Self:
        """Change the application, for calls that start from now on."""
        self.fields = self._ask("update", parameters)
        return self

    def delete(self) -> None:
        """Remove the application."""
        self._ask("delete", {})

    def __repr__(self) -> str:
        name = f" {self.friendly_name!r}" if self.friendly_name else ""
        return f"<Application {self.sid}{name}: {self.voice_url or 'no voice URL'}>"


class Applications:
    """The TwiML applications of an account."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def create(self, **parameters: Any) -> Application:
        """Make an application, usually with ``voice_url`` and ``friendly_name``."""
        return Application(self._transport, self._transport.ask("applications.create", parameters))

    def fetch(self, sid: str) -> Application:
        """The application with this sid; raises :class:`ApiError` (20404) if there is none."""
        return Application(self._transport, self._transport.ask("applications.fetch", {}, sid=sid))

    def list(self, **filters: Any) -> list[Application]:
        """The account's applications, newest first."""
        page = self._transport.ask("applications.list", filters)
        return [Application(self._transport, fields) for fields in page["applications"]]
