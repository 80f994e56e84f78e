"""Whose machine a host is, by the spelling of its name alone: no name server is asked."""

from __future__ import annotations

import re
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Literal
from urllib.parse import urlsplit

TWILIO_DOMAIN = "twilio.com"
#: Where customers' Functions and files are, on Twilio's machines.
_FUNCTIONS_DOMAIN = "twil.io"

#: ``loopback`` is this machine, certainly. ``private`` is it perhaps, or a machine that only some networks reach.
Reach = Literal["loopback", "private", "public"]

#: Ends of names that no public name server knows. Source: RFC 6761, 6762, 8375; ICANN's resolution 2024.07.29.06.
_NOT_PUBLIC = (".localhost", ".localdomain", ".local", ".internal", ".lan", ".home.arpa")
#: IPv6 networks whose addresses have an IPv4 address as their last 32 bits. Source: RFC 4291, 6052, 2765.
_AROUND_IPV4 = tuple(map(IPv6Network, ("::/96", "64:ff9b::/96", "::ffff:0:0:0/96")))
_NUMBER = re.compile("0[xX][0-9a-fA-F]*|[0-9]+")


def reach(url: str) -> Reach:
    """Who can reach the host of *url*. One that cannot be read counts as ``private``: nobody is sure of it."""
    host = _read_host(url)
    address = _read_address(host)
    if address is not None:
        return _reach_of_address(address)
    if host == "localhost":
        return "loopback"
    return "public" if _is_public_name(host) else "private"


def is_public_address(address: str) -> bool:
    """Whether everybody can reach the IP *address*, which a name server gave."""
    return _reach_of_address(ip_address(address)) == "public"


def _read_host(url: str) -> str:
    """The host of *url* as it is looked up: without its last dot, and in ASCII; empty for what cannot be read."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        if "\\" in parts.netloc or "%" in host:  # not everybody reads these in the same way
            return ""
        return host.rstrip(".").encode("idna").decode("ascii").lower()
    except ValueError:
        return ""


def _read_address(host: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(host)
    except ValueError:
        return _read_short_address(host)


def _read_short_address(host: str) -> IPv4Address | None:
    """The address that *host* is in C's ``inet_aton``: up to four numbers, each decimal, octal or hexadecimal.

    The last one fills the bytes that are left: ``127.1`` and ``2130706433`` are ``127.0.0.1``.
    """
    try:
        *first, last = [_read_number(part) for part in host.split(".")]
    except ValueError:
        return None
    size = 4 - len(first)
    if size < 1 or last >= 256**size or any(number > 255 for number in first):
        return None
    return IPv4Address(bytes(first) + last.to_bytes(size, "big"))


def _read_number(text: str) -> int:
    """*text* as a C program reads it; raises :class:`ValueError` for what is no number."""
    if not _NUMBER.fullmatch(text):
        raise ValueError(text)
    if text[:2].lower() == "0x":
        return int(text[2:] or "0", 16)
    return int(text, 8 if text.startswith("0") else 10)


def _reach_of_address(address: IPv4Address | IPv6Address) -> Reach:
    plain = getattr(address, "ipv4_mapped", None) or address
    if plain.is_loopback:
        return "loopback"
    target = _inner_address(plain)
    return "public" if target.is_global and not target.is_multicast else "private"


def _inner_address(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """The IPv4 address that an IPv6 *address* leads to, where a gateway knows how; else *address* itself."""
    if isinstance(address, IPv4Address):
        return address
    if any(address in network for network in _AROUND_IPV4):
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.sixtofour or address


def _is_public_name(host: str) -> bool:
    """Whether *host* may be known to public name servers: several labels, the last of which is no number."""
    return (
        "." in host
        and not _NUMBER.fullmatch(host.rpartition(".")[2])
        and not host.endswith(_NOT_PUBLIC)
    )


def is_twilio(host: str) -> bool:
    """Return whether *host* is a name of Twilio's, of whatever service and region."""
    return _is_in(host, TWILIO_DOMAIN)


def is_at_twilio(host: str) -> bool:
    """Return whether *host* is a machine of Twilio's: of one of its services, or of a customer's Functions there."""
    return _is_in(host, TWILIO_DOMAIN) or _is_in(host, _FUNCTIONS_DOMAIN)


def _is_in(host: str, domain: str) -> bool:
    name = _to_ascii(host)
    return name == domain or name.endswith(f".{domain}")


def _to_ascii(host: str) -> str:
    """*host* as it is looked up: in small letters of ASCII, with dots as dots, whatever stands for them."""
    try:
        ascii_name = host.encode("idna").decode("ascii")
    except UnicodeError:
        ascii_name = re.sub("[\u3002\uff0e\uff61]", ".", host)
    return ascii_name.lower().rstrip(".")
