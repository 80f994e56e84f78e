"""A fault at an address, and the effects that it can have: the keywords of ``simulator.faults.add``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Literal, TypedDict, get_args

from ...display import visible_line
from ...errors import SimulatorError
from ...records import dataclass
from ...suggestions import did_you_mean, nearest

Certificate = Literal["expired", "host", "untrusted"]
Signature = Literal[
    "wrong-token",  # signed with the auth token of another account
    "missing",  # something on the way removes the header
    "http-behind-tls",  # a proxy ends TLS: the application sees http, https was signed
    "proxy-stripped-port",  # the application sees no port, one was signed (8443 if the address has none)
    "proxy-changed-host",  # the application sees localhost:5000, as behind a tunnel that rewrites the host
    "dropped-empty-parameters",  # a framework or a filter drops parameters without a value
]


Reply = Literal[
    "before-interrupt",  # what the application says lands before an interruption, and is dropped with the rest
    "after-interrupt",  # what it says while its agent speaks lands behind the interruption, and is spoken
]


class Effects(TypedDict, total=False):
    """The menu of effects. Exactly one of the first eight, or any of the others together.

    The last three are for WebSockets, ``wss://…``, where the others are those of the handshake.
    """

    timeout: bool  # the connection is open, and no answer comes (11205 after 15 s)
    unreachable: bool  # no connection can be made (11201 after 2 attempts of 5 s)
    refused: bool  # the port is closed (11202)
    reset: bool  # the connection breaks before the answer (11205)
    garbled: bool  # the answer is not HTTP (11206)
    dns: bool  # the host name is not known (11210)
    # The handshake fails (11220), or the certificate is bad (11235 to 11237).
    tls: bool | Certificate
    redirect_loop: bool  # the address redirects to itself (11215)
    status: int  # an answer with this HTTP status (11200 from 400 on)
    body: str  # an answer with this text
    content_type: str  # an answer with this type (12300 if it is not one of TwiML)
    empty: bool  # an answer without a body (11770)
    slow: float  # seconds until the answer comes (11205 from 15 s on), or a message reaches the application
    signature: Signature  # the application cannot validate the signature
    drop_after: int  # the connection breaks behind so many messages to the application (64105)
    malformed: int  # the first so many messages of the application arrive cut in half (64107)
    reply: (
        Reply  # which of two lands first, where the caller interrupts and the application answers
    )


#: The names of all effects.
FAULTS: tuple[str, ...] = tuple(Effects.__annotations__)

#: Effects that exclude all others, because the application gives no answer.
ALONE = ("timeout", "unreachable", "refused", "reset", "garbled", "dns", "tls", "redirect_loop")
SIGNATURES: tuple[str, ...] = get_args(Signature)
CERTIFICATES: tuple[str, ...] = get_args(Certificate)
REPLIES: tuple[str, ...] = get_args(Reply)
#: Effects on WebSockets alone; and those of webhooks that WebSockets have, too.
OF_SOCKETS = ("drop_after", "malformed", "reply")
_SHARED = ("timeout", "unreachable", "refused", "reset", "garbled", "dns", "tls", "status", "slow")
_SOCKET_SIGNATURES = ("wrong-token", "missing")


@dataclass(slots=True)
class Fault:
    """The *effects* on requests to addresses that match *pattern*: the next *left* requests, or all (``None``)."""

    pattern: str
    effects: Effects
    left: int | None = None

    @property
    def text(self) -> str:
        """The effects as keyword arguments of ``add``."""
        return ", ".join(f"{name}={value!r}" for name, value in self.effects.items())

    def __repr__(self) -> str:
        times = {None: "", 1: ", once"}.get(self.left, f", {self.left} times")
        return visible_line(f"{self.pattern}: {self.text}{times}")


def read_effects(given: Mapping[str, Any], url: str) -> Effects:
    """The effects on *url* that are *given* by name; values may be texts, as in a magic's line.

    Raises :class:`SimulatorError` for what is not on the menu.
    """
    if not given:
        raise SimulatorError("No fault is named.", hint=f"The menu: {', '.join(_READERS)}.")
    read: Any = {name: _read_value(name, value) for name, value in given.items()}
    alone = [name for name in ALONE if read.get(name)]
    if alone and len(read) > 1:
        others = ", ".join(name for name in read if name != alone[0])
        raise SimulatorError(
            f"There is no answer after {alone[0]} that {others} could apply to.",
            hint="Add one of them at a time.",
        )
    effects: Effects = read
    _check_kind(effects, url)
    return effects


def _check_kind(effects: Effects, url: str) -> None:
    """Raise :class:`SimulatorError` for an effect on a WebSocket where *url* is that of a webhook, or the reverse."""
    if not url.startswith(("ws://", "wss://")):
        wrong = [name for name in effects if name in OF_SOCKETS]
        hint = "Give the address of one, wss://…."
        kind = "WebSockets"
    else:
        wrong = [name for name in effects if name not in (*OF_SOCKETS, *_SHARED, "signature")]
        hint = f"For WebSockets there are: {', '.join((*OF_SOCKETS, *_SHARED, 'signature'))}."
        kind = "webhooks"
        if effects.get("signature", "missing") not in _SOCKET_SIGNATURES:
            wrong, hint = ["signature"], f"Give one of {', '.join(_SOCKET_SIGNATURES)}."
            kind = "webhooks with this value"
    if wrong:
        raise SimulatorError(f"The fault {wrong[0]} is for {kind}, and {url} is none.", hint=hint)


def _read_value(name: str, value: Any) -> Any:
    if name not in _READERS:
        question, menu = did_you_mean(nearest(name, _READERS)), f"The menu: {', '.join(_READERS)}."
        raise SimulatorError(f"There is no fault {name!r}.", hint=f"{question} {menu}".strip())
    reader, wanted = _READERS[name]
    try:
        return reader(value)
    except (TypeError, ValueError):
        raise SimulatorError(
            f"The fault {name}={value!r} is not possible.", hint=f"Give {wanted}."
        ) from None


def _read_true(value: Any) -> bool:
    if str(value).lower() not in ("true", "yes", "1"):
        raise ValueError(value)
    return True


def _read_status(value: Any) -> int:
    if not 200 <= int(value) <= 599:
        raise ValueError(value)
    return int(value)


def _read_seconds(value: Any) -> float:
    if not 0 <= float(value) <= 3600:
        raise ValueError(value)
    return float(value)


def _read_count(value: Any) -> int:
    if isinstance(value, bool) or not 1 <= int(value) <= 10_000:
        raise ValueError(value)
    return int(value)


def _one_of(names: tuple[str, ...]) -> Callable[[Any], str]:
    def read(value: Any) -> str:
        if value not in names:
            raise ValueError(value)
        return str(value)

    return read


def _certificate(value: Any) -> bool | str:
    return str(value) if value in CERTIFICATES else _read_true(value)


_TRUE: tuple[Callable[[Any], Any], str] = (_read_true, "True")
#: For each effect, the function that reads its value, and what to give instead of a value that it refuses.
_READERS: Mapping[str, tuple[Callable[[Any], Any], str]] = {
    **dict.fromkeys(("timeout", "unreachable", "refused", "reset", "garbled", "dns"), _TRUE),
    "tls": (_certificate, f"True, or one of {', '.join(CERTIFICATES)}"),
    "redirect_loop": _TRUE,
    "status": (_read_status, "an HTTP status from 200 to 599"),
    "body": (str, "a text"),
    "content_type": (str, "a content type, such as application/json"),
    "empty": _TRUE,
    "slow": (_read_seconds, "seconds, at most 3600"),
    "signature": (_one_of(SIGNATURES), f"one of {', '.join(SIGNATURES)}"),
    **dict.fromkeys(("drop_after", "malformed"), (_read_count, "a number of messages")),
    "reply": (_one_of(REPLIES), f"one of {', '.join(REPLIES)}"),
}
