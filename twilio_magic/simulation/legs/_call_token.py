"""What the first request of an inbound call says of its caller: ``CallToken`` and ``StirVerstat``.

Source: captures of live calls, September 2025. Twilio signs the token with a key of its own; here nobody can check it.
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from hashlib import sha256
from hmac import digest
from typing import TYPE_CHECKING
from urllib.parse import quote

from ..webhooks._geography import geography
from ..webhooks._spec import webhook_spec

if TYPE_CHECKING:
    from ._leg import Leg


def first_request_parameters(leg: Leg) -> dict[str, str]:
    """The parameters of the first request of *leg*, an inbound call, besides the standard ones.

    ``StirVerstat`` is sent for numbers of the United States alone.
    """
    stir = webhook_spec().inbound.stir_verstat
    parameters = {"CallToken": _call_token(leg)}
    if geography(leg.to).get("Country") == stir.called_country:
        caller = geography(leg.from_).get("Country", "")
        attestation = stir.attestations.get(caller)
        parameters["StirVerstat"] = stir.passed.format(attestation) if attestation else ""
    return parameters


def _call_token(leg: Leg) -> str:
    """URL-encoded JSON, with which an outbound call may show the caller of *leg*."""
    claims = {
        "callSid": leg.sid,
        "from": leg.from_,
        "to": leg.to,
        "iat": str(int(leg.clock.date().timestamp())),
    }
    token = {"parentCallInfoToken": _jwt(claims, leg.account_sid), "identityHeaderTokens": []}
    return quote(json.dumps(token, separators=(",", ":")), safe="")


def _jwt(claims: Mapping[str, str], key: str) -> str:
    """A JSON Web Token with these *claims*."""
    parts = [{"alg": "HS256", "typ": "JWT"}, claims]
    signed = b".".join(_base64(json.dumps(part, separators=(",", ":")).encode()) for part in parts)
    signature = _base64(digest(key.encode(), signed, sha256))
    return b".".join((signed, signature)).decode()


def _base64(data: bytes) -> bytes:
    return urlsafe_b64encode(data).rstrip(b"=")
