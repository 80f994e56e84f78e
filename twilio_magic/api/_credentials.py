"""Who is asking: an account and the secret that proves it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass

from ..errors import CredentialsError
from ..secret import Secret


@dataclass(frozen=True, slots=True)
class Credentials:
    """An account and how to sign in to it: its auth token, or an API key and the key's secret.

    Only the tail of the account sid is ever shown.
    """

    account_sid: str
    username: str
    password: Secret
    edge: str = ""
    region: str = ""

    @classmethod
    def find(cls, environ: Mapping[str, str] | None = None) -> Credentials:
        """The credentials of the environment.

        Reads ``TWILIO_ACCOUNT_SID`` with either ``TWILIO_API_KEY`` and ``TWILIO_API_SECRET``, or ``TWILIO_AUTH_TOKEN``;
        and ``TWILIO_EDGE`` and ``TWILIO_REGION``. Raises :class:`CredentialsError` naming what is missing.
        """
        environ = os.environ if environ is None else environ
        account = environ.get("TWILIO_ACCOUNT_SID", "")
        key, secret = environ.get("TWILIO_API_KEY", ""), environ.get("TWILIO_API_SECRET", "")
        token = environ.get("TWILIO_AUTH_TOKEN", "")
        if not account:
            raise _missing("TWILIO_ACCOUNT_SID")
        if not (key and secret) and not token:
            raise _missing("TWILIO_AUTH_TOKEN")
        username, password = (key, secret) if key and secret else (account, token)
        return cls(
            account,
            username,
            Secret(password),
            edge=environ.get("TWILIO_EDGE", ""),
            region=environ.get("TWILIO_REGION", ""),
        )

    @property
    def tail(self) -> str:
        """The account as it may be shown: ``AC…`` and its last four characters."""
        return f"AC…{self.account_sid[-4:]}"

    @property
    def host(self) -> str:
        """The API's host for the edge and region: ``api.twilio.com``, ``api.dublin.ie1.twilio.com``."""
        if not self.edge and not self.region:
            return "api.twilio.com"
        parts = ("api", self.edge, self.region or "us1", "twilio.com")
        return ".".join(part for part in parts if part)

    def __repr__(self) -> str:
        return f"<Credentials {self.tail}>"


def _missing(name: str) -> CredentialsError:
    return CredentialsError(
        f"{name} is not set in the environment.",
        hint="Set TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN before Jupyter starts; "
        "never write them into a notebook.",
    )
