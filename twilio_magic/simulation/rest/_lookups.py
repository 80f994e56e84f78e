"""Lookup, versions 1 and 2: what the phonenumbers library knows of a number. Nobody is asked.

Source: Twilio's pages "Lookup v1 API", "Lookup v2 API" and "Line Type Intelligence".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Flask, Response, jsonify, request

from ._parameters import Refusal
from ._phone_facts import PhoneFacts, phone_facts
from ._responses import not_found

if TYPE_CHECKING:
    from ..world._world import World

_BASE = "https://lookups.twilio.com"
_HOME = "US"
#: The packages of version 2 that need what only carriers know, and the code of a package that the account has not.
_CLOSED = (
    "sim_swap",
    "call_forwarding",
    "line_status",
    "identity_match",
    "reassigned_number",
    "sms_pumping_risk",
    "phone_number_quality_score",
    "pre_fill",
)
_NOT_ENABLED = 60606
_PACKAGES = ("caller_name", "line_type_intelligence", *_CLOSED)
_TYPES = ("carrier", "caller-name")
#: The line types of version 2 that version 1 has a word for.
_OLD_TYPES = {
    "landline": "landline",
    "mobile": "mobile",
    "fixedVoip": "voip",
    "nonFixedVoip": "voip",
}
#: Nobody's name is known.
_NAME = {"caller_name": None, "caller_type": None, "error_code": None}


def add_routes(api: Flask, account: str) -> None:  # noqa: ARG001 - as all resources
    """Add the paths of Lookup to *api*."""

    @api.get("/v1/PhoneNumbers/<number>")
    def look_up_v1(world: World, number: str) -> Response:  # noqa: ARG001 - as all routes
        facts = _facts(number)
        if facts.errors:
            raise not_found()
        return jsonify(_to_v1(facts, _choose(request.args.getlist("Type"), _TYPES, "Type")))

    @api.get("/v2/PhoneNumbers/<number>")
    def look_up_v2(world: World, number: str) -> Response:  # noqa: ARG001 - as all routes
        fields = [each.strip() for each in request.args.get("Fields", "").split(",")]
        return jsonify(_to_v2(_facts(number), _choose(fields, _PACKAGES, "Fields")))


def _facts(number: str) -> PhoneFacts:
    return phone_facts(number, request.args.get("CountryCode") or _HOME)


def _choose(given: list[str], known: tuple[str, ...], parameter: str) -> set[str]:
    """What is asked for besides the number; raises :class:`Refusal` for what Lookup has not."""
    wanted = set(filter(None, given))
    if not wanted <= set(known):
        raise Refusal("bad-parameter", name=parameter)
    return wanted


def _to_v1(facts: PhoneFacts, wanted: set[str]) -> dict[str, Any]:
    carrier = {
        "mobile_country_code": None,
        "mobile_network_code": None,
        "name": facts.carrier_name,
        "type": _OLD_TYPES.get(facts.line_type),
        "error_code": None,
    }
    return {
        "caller_name": _NAME if "caller-name" in wanted else None,
        "country_code": facts.country_code,
        "phone_number": facts.phone_number,
        "national_format": facts.national_format,
        "carrier": carrier if "carrier" in wanted else None,
        "add_ons": None,
        "url": f"{_BASE}/v1/PhoneNumbers/{facts.phone_number}",
    }


def _to_v2(facts: PhoneFacts, wanted: set[str]) -> dict[str, Any]:
    line = {
        "mobile_country_code": None,
        "mobile_network_code": None,
        "carrier_name": facts.carrier_name,
        "type": facts.line_type,
        "error_code": None,
    }
    packages = {
        "caller_name": _NAME,
        "line_type_intelligence": line,
        **{name: {"error_code": _NOT_ENABLED} for name in _CLOSED},
    }
    return {
        "calling_country_code": facts.calling_country_code,
        "country_code": facts.country_code,
        "phone_number": facts.phone_number,
        "national_format": facts.national_format,
        "valid": not facts.errors,
        "validation_errors": list(facts.errors),
        **{name: packages[name] if name in wanted else None for name in _PACKAGES},
        "url": f"{_BASE}/v2/PhoneNumbers/{facts.phone_number}",
    }
