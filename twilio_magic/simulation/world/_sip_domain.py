"""SIP domains of an account: host names at which its applications answer SIP parties.

Source: Twilio's pages "SIP Domain resource" and "SIP and TwiML interaction".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import field
from hashlib import sha256
from typing import TYPE_CHECKING, ClassVar

from ...display import visible_line
from ...errors import SimulatorError
from ...records import dataclass
from ._settings import Setting

if TYPE_CHECKING:
    from ._resources import Resources

_SUFFIX = ".sip.twilio.com"
_NAME = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)*\.sip\.twilio\.com")
#: A domain that is reached through an edge of Twilio's: ``acme.sip.dublin.twilio.com``.
_THROUGH_EDGE = re.compile(r"(.+)\.sip\.[a-z0-9-]+\.twilio\.com")


@dataclass(eq=False)
class SipDomain:
    """A SIP domain: *settings* by Twilio's parameter names; the usual ones are attributes too.

    *mappings* are the lists that say who may call, each a type of authentication and a sid.
    """

    sid_prefix: ClassVar[str] = "SD"

    sid: str
    domain_name: str
    created: float = 0.0
    updated: float = 0.0
    settings: dict[str, str] = field(default_factory=dict)
    mappings: set[tuple[str, str]] = field(default_factory=set)

    voice_url = Setting("VoiceUrl")
    voice_method = Setting("VoiceMethod")
    voice_fallback_url = Setting("VoiceFallbackUrl")
    voice_fallback_method = Setting("VoiceFallbackMethod")
    voice_status_callback_url = Setting("VoiceStatusCallbackUrl")
    voice_status_callback_method = Setting("VoiceStatusCallbackMethod")
    friendly_name = Setting("FriendlyName")

    @property
    def auth_type(self) -> str:
        """The types of authentication that are mapped, as Twilio joins them."""
        return ",".join(sorted({kind for kind, _ in self.mappings}, reverse=True))

    def __repr__(self) -> str:
        return visible_line(
            f"<SipDomain {self.domain_name}: {self.voice_url or 'nothing answers'}>"
        )


class SipDomains(Mapping[str, SipDomain]):
    """The SIP domains of an account by their names. One that is looked up belongs to the account from then on."""

    def __init__(self, kept: Resources[SipDomain]) -> None:
        self._kept = kept

    def __getitem__(self, name: str) -> SipDomain:
        return self.find(name) or self.make(check_name(name))

    def make(self, name: str, at: float = 0.0, settings: dict[str, str] | None = None) -> SipDomain:
        """A new domain called *name*. Its sid depends on the name, and on those that there are."""
        seed = name
        while (sid := "SD" + sha256(seed.encode()).hexdigest()[:32]) in self._kept:
            seed = sid  # a domain that had the name before was given another one
        domain = SipDomain(sid, name, at, at, settings or {})
        self._kept.add(domain)
        return domain

    def find(self, host: str) -> SipDomain | None:
        """The domain at *host*, also through one of Twilio's edges; ``None`` if there is none."""
        through_edge = _THROUGH_EDGE.fullmatch(host.lower())
        name = through_edge[1] + _SUFFIX if through_edge else host.lower()
        return next((each for each in self._kept.values() if each.domain_name == name), None)

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and self.find(name) is not None

    def __iter__(self) -> Iterator[str]:
        return (each.domain_name for each in self._kept.values())

    def __len__(self) -> int:
        return len(self._kept)

    def __repr__(self) -> str:
        return "\n".join(map(repr, self._kept.values())) or "no SIP domains"


def check_name(name: str) -> str:
    """*name* in small letters; raises :class:`SimulatorError` for what cannot be a SIP domain."""
    if not _NAME.fullmatch(name.lower()):
        raise SimulatorError(
            f"{name!r} is no SIP domain.", hint=f"It ends with {_SUFFIX}: acme{_SUFFIX}"
        )
    return name.lower()
