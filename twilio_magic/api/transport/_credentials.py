"""Who is asking: an account and the secret that proves it.

Source: Twilio's pages "Twilio API authentication", "API keys" and "Understanding edge locations".
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path

from ...errors import CredentialsError
from ...hosts import TWILIO_DOMAIN
from ...records import dataclass
from ...secret import Secret
from ..requests._request import API_HOST
from ._profiles import profile as profile_named

_ACCOUNT = re.compile(r"AC[0-9a-fA-F]{32}")
_PLACE = re.compile(r"[a-z0-9-]*")  # an edge or a region becomes part of a host name


@dataclass(frozen=True, slots=True)
class Credentials:
    """An account and how to sign in to it: its auth token, or an API key and the key's secret.

    Only the tail of the account sid is ever shown. Raises :class:`CredentialsError` for what cannot be right.
    """

    account_sid: str
    username: str
    password: Secret
    edge: str = ""
    region: str = ""

    def __post_init__(self) -> None:
        _refuse_wrong_account(self.account_sid)
        for name, value in (("edge", self.edge), ("region", self.region)):
            if not _PLACE.fullmatch(value):
                raise CredentialsError(
                    f"{value!r} cannot be the value of TWILIO_{name.upper()}.",
                    hint=f"Set TWILIO_{name.upper()} to a name such as dublin or ie1, or not at all.",
                )
        if not self.password.is_plain:
            raise CredentialsError(
                "The auth token (or API secret) is empty or holds a blank or a special character.",
                hint="Copy it once more from the Console, without quotes and line ends.",
            )

    @classmethod
    def find(
        cls,
        environ: Mapping[str, str] | None = None,
        *,
        profile: str | None = None,
        home: Path | None = None,
    ) -> Credentials:
        """The credentials of the environment, else those of the twilio-cli's profile file.

        Reads ``TWILIO_ACCOUNT_SID`` with either ``TWILIO_API_KEY`` and ``TWILIO_API_SECRET``, or ``TWILIO_AUTH_TOKEN``;
        and ``TWILIO_EDGE`` and ``TWILIO_REGION``. A *profile* that is named wins over the environment; without either,
        the active profile is used. Raises :class:`CredentialsError` naming what is missing.
        """
        environ = os.environ if environ is None else environ
        if profile is not None or not environ.get("TWILIO_ACCOUNT_SID"):
            stored = profile_named(profile, home or Path.home())
            if stored is not None:
                return cls(
                    stored.account_sid,
                    stored.api_key,
                    Secret(stored.api_secret),
                    edge=stored.edge or environ.get("TWILIO_EDGE", ""),
                    region=stored.region or environ.get("TWILIO_REGION", ""),
                )
        return cls._of_environment(environ)

    @classmethod
    def _of_environment(cls, environ: Mapping[str, str]) -> Credentials:
        account = environ.get("TWILIO_ACCOUNT_SID", "").strip()
        key, secret = environ.get("TWILIO_API_KEY", ""), environ.get("TWILIO_API_SECRET", "")
        token = environ.get("TWILIO_AUTH_TOKEN", "")
        if not account:
            raise _not_set("TWILIO_ACCOUNT_SID")
        if bool(key) != bool(secret):
            raise _not_set("TWILIO_API_SECRET" if key else "TWILIO_API_KEY")
        if not key and not token:
            raise _not_set("TWILIO_AUTH_TOKEN")
        username, password = (key, secret) if key else (account, token)
        return cls(
            account,
            username.strip(),
            Secret(password.strip()),
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
            return API_HOST
        parts = ("api", self.edge, self.region or "us1", TWILIO_DOMAIN)
        return ".".join(part for part in parts if part)

    def __repr__(self) -> str:
        return f"<Credentials {self.tail}>"


def _refuse_wrong_account(sid: str) -> None:
    if _ACCOUNT.fullmatch(sid):
        return
    kind = {"SK": "an API key's sid", "PN": "a phone number's sid"}.get(sid[:2])
    raise CredentialsError(
        f"TWILIO_ACCOUNT_SID holds {kind}, not an account's."
        if kind
        else f"The account sid has {len(sid)} characters and is not AC and 32 hexadecimal digits.",
        hint="The account sid is on the Console's front page, beside the auth token.",
    )


def _not_set(name: str) -> CredentialsError:
    return CredentialsError(
        f"{name} is not set in the environment.",
        hint="Set TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN before Jupyter starts; "
        "never write them into a notebook.",
    )
