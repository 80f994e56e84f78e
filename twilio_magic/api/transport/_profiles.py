"""What the twilio-cli keeps in ``~/.twilio-cli/config.json``. Source: Twilio's page "Twilio CLI: profiles"."""

from __future__ import annotations

import json
from dataclasses import field
from pathlib import Path
from typing import Any

from ...errors import CredentialsError
from ...records import dataclass

_FILE = Path(".twilio-cli/config.json")


@dataclass(frozen=True, slots=True)
class Profile:
    """One stored profile: an account, and an API key with its secret."""

    account_sid: str
    api_key: str
    api_secret: str = field(repr=False)
    edge: str = ""
    region: str = ""


def profile(name: str | None, home: Path) -> Profile | None:
    """The profile called *name*, or the active one; ``None`` where no name is given and none is stored.

    Raises :class:`CredentialsError` for a name that is not there, and for a profile without its secret.
    """
    stored = _read(home / _FILE)
    profiles: dict[str, Any] = stored.get("profiles") or {}
    chosen = name or stored.get("activeProject") or next(iter(profiles), None)
    if chosen not in profiles:
        if name is None:
            return None
        known = ", ".join(profiles) or "none"
        raise CredentialsError(
            f"The twilio-cli has no profile {name!r}.", hint=f"Stored are: {known}."
        )
    return _build(str(chosen), profiles[chosen], stored)


def _read(path: Path) -> dict[str, Any]:
    try:
        stored = json.loads(path.read_text("utf-8"))
    except OSError:
        return {}
    except (ValueError, RecursionError):
        stored = None
    if not isinstance(stored, dict):
        raise CredentialsError(
            "The twilio-cli's file ~/.twilio-cli/config.json cannot be read.",
            hint="It should be JSON; twilio login writes it anew.",
        )
    return stored


def _build(name: str, row: dict[str, Any], stored: dict[str, Any]) -> Profile:
    wanted = {key: str(row.get(key) or "") for key in ("accountSid", "apiKey", "apiSecret")}
    missing = [key for key, value in wanted.items() if not value]
    if missing:
        raise CredentialsError(
            f"The twilio-cli's profile {name!r} has no {missing[0]}.",
            hint="Older versions kept it in the system's key chain: run twilio login again.",
        )
    return Profile(
        wanted["accountSid"],
        wanted["apiKey"],
        wanted["apiSecret"],
        edge=row.get("edge") or stored.get("edge") or "",
        region=row.get("region") or "",
    )
