"""The facts about Twilio's requests to web applications, read from ``webhooks.json``.

Source: Twilio's pages "TwiML for Programmable Voice" (Twilio's request), "Webhooks: Connection overrides", "Call
resource" (status values) and the error dictionary (112xx).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from ...records import dataclass

#: The names that the table gives to Twilio's error codes of failed requests.
CodeName = Literal[
    "url",
    "status",
    "connect",
    "refused",
    "budget",
    "connection",
    "protocol",
    "name",
    "redirects",
    "redirect",
    "tls",
    "tls_host",
    "tls_expired",
    "tls_untrusted",
    "edge",
    "interconnect",
    "policy",
    "status_callback",
]


@dataclass(frozen=True, slots=True)
class RedirectRow:
    """The HTTP statuses of redirects that are *followed*, how many in a row at most, and the parameters that are
    *carried* to the next address.
    """

    followed: tuple[int, ...]
    most: int
    carried: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NumberRow:
    """A connection override whose value is a number, in its range."""

    least: int
    most: int
    default: int


@dataclass(frozen=True, slots=True)
class ChoiceRow:
    """A connection override whose value is one or more of *values*.

    With *interconnect_suffix* behind it, a value asks for Twilio Interconnect.
    """

    values: tuple[str, ...]
    default: str
    interconnect_suffix: str = ""


@dataclass(frozen=True, slots=True)
class OverrideRows:
    """The connection overrides by their names in a URL: the timeouts to connect, to read and in all (milliseconds),
    the number of retries, the retry policies, whether SNI is used, and the edges.
    """

    ct: NumberRow
    rt: NumberRow
    tt: NumberRow
    rc: NumberRow
    rp: ChoiceRow
    sni: ChoiceRow
    e: ChoiceRow


@dataclass(frozen=True, slots=True)
class CallStatusRow:
    """A call status: the *event* of ``StatusCallbackEvent`` that reports it, and the ``SipResponseCode`` of its end.

    The SIP codes of canceled and rejected calls are guessed.
    """

    event: str
    sip_response: str = ""


@dataclass(frozen=True, slots=True)
class StirRow:
    """When ``StirVerstat`` is sent, by the *called_country*, and its value for a number that *passed*.

    The *attestations* are those that were seen, by the country of the caller; for any other the value is empty.
    """

    called_country: str
    attestations: Mapping[str, str]
    passed: str


@dataclass(frozen=True, slots=True)
class CarrierRow:
    """What carriers, and services on the way, may say of a call: by the requests that have it."""

    first: tuple[str, ...]
    every: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """All of them."""
        return (*self.first, *self.every)


@dataclass(frozen=True, slots=True)
class InboundRow:
    """What the first request of an inbound call has: the word for a *withheld_caller*, and *stir_verstat*.

    A client cannot give custom parameters the names of *reserved_parameters*; ``To`` it can. What carriers say of a
    call to a number is in the *first* request, or in *every* one of it.
    """

    withheld_caller: str
    reserved_parameters: tuple[str, ...]
    carrier_parameters: CarrierRow
    stir_verstat: StirRow


@dataclass(frozen=True, slots=True)
class WebhookSpec:
    """The whole table. *states* has the codes of states and provinces, by country and by name."""

    headers: Mapping[str, str]
    form_content_type: str
    conditional_parameters: tuple[str, ...]
    redirects: RedirectRow
    audio_types: tuple[str, ...]
    overrides: OverrideRows
    codes: Mapping[CodeName, int]
    inbound: InboundRow
    call_statuses: Mapping[str, CallStatusRow]
    states: Mapping[str, Mapping[str, str]]


@cache
def webhook_spec() -> WebhookSpec:
    """The table, loaded once."""
    text = files(__package__).joinpath("webhooks.json").read_text("utf-8")
    table = json.loads(text, object_hook=_with_tuples)
    statuses = {name: CallStatusRow(**row) for name, row in table["call_statuses"].items()}
    read = {
        "redirects": RedirectRow(**table["redirects"]),
        "overrides": _overrides(table["overrides"]),
        "call_statuses": statuses,
        "inbound": InboundRow(
            table["inbound"]["withheld_caller"],
            table["inbound"]["reserved_parameters"],
            CarrierRow(**table["inbound"]["carrier_parameters"]),
            StirRow(**table["inbound"]["stir_verstat"]),
        ),
    }
    return WebhookSpec(**table | read)


def _overrides(rows: Mapping[str, Mapping[str, Any]]) -> OverrideRows:
    return OverrideRows(
        ct=NumberRow(**rows["ct"]),
        rt=NumberRow(**rows["rt"]),
        tt=NumberRow(**rows["tt"]),
        rc=NumberRow(**rows["rc"]),
        rp=ChoiceRow(**rows["rp"]),
        sni=ChoiceRow(**rows["sni"]),
        e=ChoiceRow(**rows["e"]),
    )


def code_of(failure: CodeName) -> int:
    """Twilio's error code for a *failure*, by its name in the table."""
    return webhook_spec().codes[failure]


def sip_response(status: str) -> str:
    """The ``SipResponseCode`` of a call that ended with *status*."""
    return webhook_spec().call_statuses[status].sip_response


def _with_tuples(row: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}
