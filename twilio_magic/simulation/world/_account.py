"""The simulated account: who signs in, what it owns, and how strict it is.

Source: Twilio's pages "Test credentials", "Twilio free trial limitations" and "IncomingPhoneNumber resource".
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import field
from hashlib import sha256
from secrets import token_hex
from typing import TYPE_CHECKING, Any, ClassVar, Literal, get_args

from ...api import Credentials
from ...display import Shown, visible_line
from ...errors import SimulatorError, UnknownName
from ...records import dataclass
from ...secret import KnownSecret, Secret
from ...suggestions import did_you_mean, nearest
from ._resources import R, Resources
from ._settings import Setting
from ._sip_domain import SipDomain, SipDomains

Profile = Literal["lenient", "trial", "strict", "test-credentials"]
PROFILES: tuple[str, ...] = get_args(Profile)

Status = Literal["active", "suspended", "closed"]

# Recognizably not real: a sid of 34 characters in Twilio's form, and a token that says what it is.
_SID = "AC" + "facade00" * 4
_TOKEN = "simulated-auth-token-no-secret"  # noqa: S105 - it opens nothing
_KEY = "SK" + "facade00" * 4
_KEY_SECRET = "simulated-api-key-that-is-no-secret"  # noqa: S105 - neither does this

#: The numbers of the support article: the one that calls belongs to the account, the one that is called is verified.
_OWNED, _VERIFIED = "+12125551234", "+13105555555"
_MAGIC = "+15005550006"  # the one number that test credentials may call from


@dataclass
class Number:
    """A phone number of the account: *settings* by Twilio's parameter names; the usual ones are attributes too."""

    sid_prefix: ClassVar[str] = "PN"

    phone_number: str
    settings: dict[str, str] = field(default_factory=dict)
    created: float = 0.0

    voice_url = Setting("VoiceUrl")
    voice_method = Setting("VoiceMethod")
    voice_fallback_url = Setting("VoiceFallbackUrl")
    voice_fallback_method = Setting("VoiceFallbackMethod")
    voice_application_sid = Setting("VoiceApplicationSid")
    sms_url = Setting("SmsUrl")
    sms_method = Setting("SmsMethod")
    sms_fallback_url = Setting("SmsFallbackUrl")
    sms_fallback_method = Setting("SmsFallbackMethod")
    sms_application_sid = Setting("SmsApplicationSid")
    status_callback = Setting("StatusCallback")
    status_callback_method = Setting("StatusCallbackMethod")
    friendly_name = Setting("FriendlyName")

    if not TYPE_CHECKING:  # a type checker knows the names

        def __setattr__(self, name: str, value: object) -> None:
            """Set what a number has; raises :class:`UnknownName` for anything else, which would change nothing."""
            known = {*type(self).__annotations__, *dir(type(self))}
            if name not in known:
                meant = nearest(name, [each for each in known if not each.startswith("_")])
                raise UnknownName(f"A number has no {name!r}.", hint=did_you_mean(meant) or None)
            super().__setattr__(name, value)

    @property
    def sid(self) -> str:
        """``PN`` and 32 digits that depend on the number alone."""
        return self.sid_prefix + sha256(self.phone_number.encode()).hexdigest()[:32]

    def __repr__(self) -> str:
        answers = self.voice_application_sid or self.voice_url or "nothing answers"
        return visible_line(f"<Number {self.phone_number}: {answers}>")


class Numbers(dict[str, Number], Shown):
    """Numbers by their address in E.164 form. One that is looked up belongs to the account from then on.

    Raises :class:`NotAnEndpoint` for what is no phone number, and :class:`SimulatorError` for an answer in place of a
    number: what answers at one is its ``voice_url``.
    """

    view: ClassVar[str] = "twilio_magic.views.world:bundle_numbers"

    def __setitem__(self, phone_number: str, number: Number) -> None:
        if not isinstance(number, Number):
            raise SimulatorError(
                visible_line(f"{number!r:.60} is no number, so it cannot stand at {phone_number}."),
                hint=f'Mount it, and set numbers["{phone_number}"].voice_url to its address.',
            )
        super().__setitem__(phone_number, number)

    def __missing__(self, phone_number: str) -> Number:
        from ...endpoints import number_address

        address = number_address(phone_number)
        if address not in self:
            self[address] = Number(address)
        return self[address]

    def by_sid(self, sid: str) -> Number | None:
        """The number with this sid, or ``None``."""
        return next((number for number in self.values() if number.sid == sid), None)

    def __repr__(self) -> str:
        return "\n".join(map(repr, self.values())) or "no numbers"


@dataclass(slots=True)
class Application:
    """A TwiML application: its *settings* by Twilio's parameter names."""

    sid_prefix: ClassVar[str] = "AP"

    sid: str
    created: float
    updated: float
    settings: dict[str, str]


@dataclass(slots=True)
class Key:
    """An API key, which signs in with its *secret*. One that *is_known* has a secret that everybody can work out."""

    sid_prefix: ClassVar[str] = "SK"

    sid: str
    secret: Secret
    created: float = 0.0
    updated: float = 0.0
    friendly_name: str = ""
    is_known: bool = True


@dataclass(slots=True)
class Account:
    """An account of the simulated world, and the one home of its resources. A sub-account has an *owner*.

    *profile* says how strict it is. ``lenient``: any well-formed caller ID may call, and webhooks may be local.
    ``strict``: as a paid account, calls come from its own and its verified numbers only, and webhooks are public.
    ``trial``: strict, and only verified numbers may be called, for ten minutes. ``test-credentials``: nothing is called
    or stored.
    """

    profile: Profile = "lenient"
    sid: str = _SID
    owner: Account | None = field(default=None, repr=False)
    friendly_name: str = "The simulated account"
    status: Status = "active"
    created: float = 0.0
    updated: float = 0.0
    auth_token: Secret = field(init=False)
    api_keys: dict[str, Secret] = field(init=False)
    numbers: Numbers = field(default_factory=Numbers)
    caller_ids: Numbers = field(default_factory=Numbers)
    #: Pairs of a sender and who wants no more text messages from there.
    opt_outs: set[tuple[str, str]] = field(default_factory=set)
    _kinds: defaultdict[str, Resources[Any]] = field(
        init=False, repr=False, default_factory=lambda: defaultdict(Resources)
    )
    is_guarded: bool = field(init=False, repr=False, default=False)

    def __post_init__(self) -> None:
        self.use_token(None)
        if self.profile not in PROFILES:
            raise SimulatorError(
                f"There is no profile {self.profile!r}.", hint=f"There are {', '.join(PROFILES)}."
            )
        if self.owner is not None:
            return
        self._add_key(Key(_KEY, KnownSecret(_KEY_SECRET), friendly_name="The simulated key"))
        owned = _MAGIC if self.profile == "test-credentials" else _OWNED
        self.numbers[owned] = Number(owned)
        if self.profile != "test-credentials":
            self.caller_ids[_VERIFIED] = Number(_VERIFIED)

    def use_token(self, token: Secret | None) -> None:
        """Let only *token* sign in and sign webhooks, and keys that nobody knows; ``None`` for the well-known ones."""
        well_known = _TOKEN if self.owner is None else f"{_TOKEN}-{self.sid[-8:]}"
        self.auth_token = token or KnownSecret(well_known)
        self.is_guarded = token is not None
        kept = (key for key in self.resources(Key).values() if not (key.is_known and token))
        self.api_keys = {key.sid: key.secret for key in kept}
        if self.owner is None and token:
            self.api_keys[_KEY] = Secret(token_hex(16))

    def make_key(self, sid: str, now: float, friendly_name: str) -> Key:
        """A new key. Its secret depends on its sid alone, unless the account has an auth token of its own."""
        digits = token_hex(16) if self.is_guarded else sha256(sid.encode()).hexdigest()[:32]
        return self._add_key(Key(sid, Secret(digits), now, now, friendly_name, not self.is_guarded))

    def remove_key(self, key: Key) -> None:
        """Let *key* sign in no more."""
        self.remove(key)
        self.api_keys.pop(key.sid, None)

    def _add_key(self, key: Key) -> Key:
        self.api_keys[key.sid] = key.secret
        return self.add(key)

    @property
    def secrets(self) -> Mapping[str, Secret]:
        """What signs in to the account, by the name that is given with it."""
        return {self.sid: self.auth_token, **self.api_keys}

    @property
    def credentials(self) -> Credentials:
        """The sid and the auth token."""
        return Credentials(self.sid, self.sid, self.auth_token)

    @property
    def api_key(self) -> Credentials:
        """An API key and its secret."""
        sid, secret = next(iter(self.api_keys.items()))
        return Credentials(self.sid, sid, secret)

    def resources(self, kind: type[R]) -> Resources[R]:
        """The account's resources of one *kind*."""
        return self._kinds[kind.sid_prefix]

    def resources_with(self, prefix: str) -> Mapping[str, Any]:
        """The resources whose sids begin with *prefix*."""
        return self._kinds.get(prefix, {})

    def kinds(self) -> set[str]:
        """The letters that the sids of the resources begin with, of those kinds that it has any of."""
        return {prefix for prefix, kept in self._kinds.items() if kept}

    def count(self, sid_prefix: str) -> int:
        """How many resources there are whose sids begin with *sid_prefix*."""
        if sid_prefix == Number.sid_prefix:
            return len(self.numbers) + len(self.caller_ids)
        return len(self._kinds[sid_prefix])

    def add(self, resource: R) -> R:
        """Keep *resource* among those of its kind, and return it."""
        self.resources(type(resource)).add(resource)
        return resource

    def remove(self, resource: R) -> None:
        """Forget *resource*."""
        self.resources(type(resource)).remove(resource)

    def set_status(self, status: str) -> None:
        """Make the account active, suspended or closed."""
        self.status = next(each for each in get_args(Status) if each == status)

    def longest_call(self, asked: float | None = None) -> float:
        """Seconds after which a call is ended: as *asked*, else four hours; on trial never more than ten minutes."""
        seconds = 4 * 60 * 60 if asked is None else asked
        return min(seconds, 10 * 60) if self.profile == "trial" else seconds

    @property
    def is_strict(self) -> bool:
        """Whether addresses and numbers are judged as Twilio judges them."""
        return self.profile != "lenient"

    def may_call_from(self, number: str) -> bool:
        """Whether *number* is one of the account's, or verified."""
        return number in self.numbers or number in self.caller_ids

    @property
    def sip_domains(self) -> SipDomains:
        """The account's SIP domains, by their names."""
        return SipDomains(self.resources(SipDomain))

    def voice_settings(self, application_sid: str) -> Mapping[str, str] | None:
        """The settings of one of the account's applications, or ``None``."""
        application = self.resources(Application).get(application_sid)
        return application.settings if application else None
