"""The simulated account: who signs in, and what it owns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ..secret import Secret

# Recognisably not real: a sid of 34 characters in Twilio's form, and a token that says what it is.
_SID = "AC" + "facade00" * 4
_TOKEN = "simulated-auth-token-no-secret"  # noqa: S105 - it opens nothing


@dataclass(slots=True)
class Application:
    """A TwiML application: its *settings* by Twilio's parameter names."""

    sid: str
    created: float
    updated: float
    settings: dict[str, str]


@dataclass(slots=True)
class Account:
    """An account of the simulated world. It is lenient: any well-formed caller ID may call."""

    sid: str = _SID
    auth_token: Secret = field(default_factory=lambda: Secret(_TOKEN))
    applications: dict[str, Application] = field(default_factory=dict)
    longest_call: int = 4 * 60 * 60  # seconds; Twilio's page "Call resource", TimeLimit

    def voice_settings(self, application_sid: str) -> Mapping[str, str] | None:
        """The settings of one of the account's applications, or ``None``."""
        application = self.applications.get(application_sid)
        return application.settings if application else None
