"""Access tokens of the Voice SDKs: JSON Web Tokens that an application's server makes with an API key.

Source: Twilio's page "Access Tokens" for their form; its error dictionary, 20101 to 20107, for what is wrong with them.
"""

from __future__ import annotations

import json
import re
from base64 import urlsafe_b64decode
from collections.abc import Mapping
from hashlib import sha256
from hmac import compare_digest, digest
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from ...api import error_code
from ...endpoints import NotAnEndpoint, endpoint
from ...errors import SimulatorError
from ...records import dataclass

if TYPE_CHECKING:
    from ...api import CodeName
    from ...secret import Secret

_FORM = re.compile(r"eyJ[\w-]*\.[\w-]+\.[\w-]*")
_CONTENT_TYPE = "twilio-fpa;v=1"
_LONGEST = 24 * 60 * 60
_END_OF_TIME = 2**40  # in seconds; what is no number is not less either
#: Of seconds that the clocks of two machines may differ.
_SLACK = 5


@runtime_checkable
class HasJwt(Protocol):
    """The official library's ``AccessToken``."""

    def to_jwt(self) -> str | bytes:
        """The token as it is sent."""


#: An access token: its text, or the official library's object.
GivenToken = str | bytes | HasJwt


class Signers(Protocol):
    """The account that tokens are made for, and the secrets that they are signed with."""

    sid: str
    auth_token: Secret
    api_keys: dict[str, Secret]

    @property
    def is_strict(self) -> bool:
        """Whether tokens of other accounts and keys are refused."""


@dataclass(frozen=True, slots=True)
class AccessToken:
    """What a valid token says: who signs in, and what they may do. *assumptions* are sentences on what was not checked.

    Its times are seconds of the Unix epoch.
    """

    address: str
    application_sid: str | None
    parameters: Mapping[str, str]
    may_receive: bool
    starts: float
    expires: float
    assumptions: tuple[str, ...] = ()


def token_text(given: object) -> str | None:
    """The text of the access token that is *given*; ``None`` for what is none by its form."""
    text = given.to_jwt() if isinstance(given, HasJwt) else given
    if isinstance(text, bytes):
        text = text.decode("ascii", "replace")
    return text if isinstance(text, str) and _FORM.fullmatch(text) else None


def read_access_token(text: str, signers: Signers) -> AccessToken:
    """The token *text*, for the account of *signers*. Whether it has expired is not looked at.

    Raises :class:`SimulatorError` with Twilio's code for what it would refuse.
    """
    head, body, signature = text.split(".")
    header, claims = _decode(head), _decode(body)
    if (header.get("alg"), header.get("cty")) != ("HS256", _CONTENT_TYPE):
        raise token_error(
            "token-header", f"alg is {header.get('alg')!r}, and cty {header.get('cty')!r}"
        )
    assumptions = tuple(_check_origin(claims, f"{head}.{body}", signature, signers))
    starts, expires = _read_times(claims)
    identity, voice = _read_grants(claims)
    outgoing, incoming = _mapping(voice, "outgoing"), _mapping(voice, "incoming")
    return AccessToken(
        address=identity,
        application_sid=_read_application(outgoing),
        parameters={str(k): str(v) for k, v in _mapping(outgoing, "params").items()},
        may_receive=incoming.get("allow") is True or bool(voice.get("push_credential_sid")),
        starts=starts,
        expires=expires,
        assumptions=assumptions,
    )


def check_times(token: AccessToken, now: float) -> None:
    """Raise :class:`SimulatorError` if *token* is not valid *now*, in seconds of the Unix epoch."""
    if token.expires <= now:
        raise token_error("token-expired", f"it expired {now - token.expires:.0f} s ago")
    if token.starts > now + _SLACK:
        raise token_error("token-not-yet-valid", f"it begins in {token.starts - now:.0f} s")
    if token.expires > now + _LONGEST + _SLACK:
        raise token_error(
            "token-expired", f"it expires in {(token.expires - now) / 3600:.0f} hours"
        )


def token_error(code: CodeName, reason: str) -> SimulatorError:
    """The error that stands for one of Twilio's codes of access tokens."""
    row = error_code(code)
    return SimulatorError(
        f"Twilio refuses this access token, {row.meaning}: {reason}.", hint=row.hint, code=row.code
    )


def _decode(part: str) -> dict[str, Any]:
    """A part of a token: an object of JSON."""
    try:
        found = json.loads(urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    except (ValueError, RecursionError):
        raise token_error("token-malformed", "a part of it is no JSON") from None
    if not isinstance(found, dict):
        raise token_error("token-malformed", "a part of it is no object")
    return found


def _check_origin(
    claims: Mapping[str, Any], signed: str, signature: str, signers: Signers
) -> list[str]:
    """What is only assumed of who made the token. Raises for what is wrong."""
    assumed = []
    issuer, subject = str(claims.get("iss", "")), str(claims.get("sub", ""))
    secret = {signers.sid: signers.auth_token, **signers.api_keys}.get(issuer)
    if not issuer.startswith(("SK", "AC")) or not subject.startswith("AC"):
        raise token_error("token-issuer", f"iss is {issuer!r}, and sub is {subject!r}")
    if secret is None:
        assumed.append(f"the signature was not checked: the secret of {issuer} is not known here")
    elif not _is_signed(signed, signature, secret):
        raise token_error("token-signature", f"it was not signed with the secret of {issuer}")
    if subject != signers.sid:
        assumed.append(f"the token is for the account {subject}, and was taken for {signers.sid}")
    if assumed and signers.is_strict:
        raise token_error("token-issuer", assumed[-1])
    return assumed


def _is_signed(signed: str, signature: str, secret: Secret) -> bool:
    expected = digest(secret.reveal().encode(), signed.encode(), sha256)
    try:
        given = urlsafe_b64decode(signature + "=" * (-len(signature) % 4))
    except ValueError:
        return False
    return compare_digest(given, expected)


def _read_times(claims: Mapping[str, Any]) -> tuple[float, float]:
    """From when and until when the token is valid."""
    times = [claims.get("nbf", 0), claims.get("exp")]
    if not all(type(each) in (int, float) and abs(each) < _END_OF_TIME for each in times):
        raise token_error("token-expired", f"nbf and exp are {times[0]!r} and {times[1]!r}")
    return float(times[0]), float(times[1])


def _read_application(outgoing: Mapping[str, Any]) -> str | None:
    sid = outgoing.get("application_sid") or None
    if sid is not None and not (isinstance(sid, str) and sid.startswith("AP")):
        raise token_error("token-grants", f"application_sid is {sid!r}")
    return sid


def _read_grants(claims: Mapping[str, Any]) -> tuple[str, Mapping[str, Any]]:
    """The address of the client, and its voice grant."""
    grants = _mapping(claims, "grants")
    identity = grants.get("identity")
    if not isinstance(identity, str) or not identity:
        raise token_error("token-grants", "it has no identity")
    if not isinstance(grants.get("voice"), Mapping):
        raise token_error("token-grants", "it has no voice grant")
    try:
        return endpoint(f"client:{identity}").address, _mapping(grants, "voice")
    except NotAnEndpoint:
        raise token_error("token-grants", f"{identity!r} cannot be the name of a client") from None


def _mapping(source: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = source.get(name)
    return found if isinstance(found, Mapping) else {}
