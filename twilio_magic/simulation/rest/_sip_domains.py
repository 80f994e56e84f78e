"""SIP domains in the REST API. What may call them, such as lists of credentials, is only stored.

Source: Twilio's page "SIP Domain resource".
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, g, jsonify, request

from ...api import API_VERSION, operation
from ...errors import SimulatorError
from ..world._sip_domain import SipDomain, check_name
from ._paging import paginate
from ._parameters import Refusal, format_date, settings_to_json
from ._responses import find_resource, read_form, read_query

if TYPE_CHECKING:
    from ..world._world import World

#: The paths of what is mapped to a domain, and what Twilio calls its type.
_MAPPINGS = re.compile(
    r".*/SIP/Domains/(?P<domain>SD\w+)/(?:Auth/Calls/)?(?P<kind>\w+)Mappings(?:/(?P<sid>\w+))?\.json"
)
#: What settings are that nobody gave.
_DEFAULTS = {"http-method": "POST", "boolean": False}
_TYPES = {"IpAccessControlList": "IP_ACL", "CredentialList": "CREDENTIAL_LIST"}
#: What stands right below a domain, as its JSON names it.
_BELOW = {
    "credential_list_mappings": "CredentialListMappings",
    "ip_access_control_list_mappings": "IpAccessControlListMappings",
}


def add_routes(api: Flask, account: str) -> None:
    """Add the paths of SIP domains to *api*."""

    @api.post(f"{account}/SIP/Domains.json")
    def create_sip_domain(world: World) -> tuple[Response, int]:
        settings = read_form("sip.domains.create")
        name = _free_name(world, settings.pop("DomainName"))
        domain = world.account.sip_domains.make(name, world.clock.now, settings)
        return jsonify(_to_json(world, domain)), 201

    @api.get(f"{account}/SIP/Domains.json")
    def list_sip_domains(world: World) -> Response:
        read_query("sip.domains.list")
        return paginate(
            "domains", world.account.resources(SipDomain).newest_first(), partial(_to_json, world)
        )

    @api.get(f"{account}/SIP/Domains/<sid>.json")
    def fetch_sip_domain(world: World, sid: str) -> Response:
        return jsonify(_to_json(world, _find(world, sid)))

    @api.post(f"{account}/SIP/Domains/<sid>.json")
    def update_sip_domain(world: World, sid: str) -> Response:
        domain, settings = _find(world, sid), read_form("sip.domains.update")
        name = settings.pop("DomainName", None)
        if name and name.lower() != domain.domain_name:
            domain.domain_name = _free_name(world, name)
        domain.settings |= settings
        domain.updated = world.clock.now
        return jsonify(_to_json(world, domain))

    @api.delete(f"{account}/SIP/Domains/<sid>.json")
    def delete_sip_domain(world: World, sid: str) -> tuple[str, int]:
        world.account.remove(_find(world, sid))
        return "", 204

    @api.after_request
    def note_mapping(response: Response) -> Response:
        _note_mapping(g.world, response)
        return response


def _note_mapping(world: World, response: Response) -> None:
    """Let a domain know what was mapped to it, or is mapped no more, by the request that *response* answers."""
    found = _MAPPINGS.fullmatch(request.path)
    has_changed = request.method != "GET" and response.status_code < 400
    if not has_changed or found is None or found["kind"] not in _TYPES:
        return
    domain, kind = world.account.resources(SipDomain)[found["domain"]], _TYPES[found["kind"]]
    if found["sid"]:
        domain.mappings.discard((kind, found["sid"]))
    else:
        domain.mappings.add((kind, response.get_json()["sid"]))


def _free_name(world: World, name: str) -> str:
    """The *name* of a new domain; raises :class:`Refusal` (20001, guessed) if it cannot have it."""
    try:
        name = check_name(name)
    except SimulatorError:
        raise Refusal("bad-parameter", name="DomainName") from None
    if world.account.sip_domains.find(name) is not None:
        raise Refusal("bad-parameter", name="DomainName")
    return name


def _find(world: World, sid: str) -> SipDomain:
    return find_resource(world, SipDomain, sid)


def _to_json(world: World, domain: SipDomain) -> dict[str, Any]:
    """The Domain resource as JSON."""
    uri = f"/{API_VERSION}/Accounts/{world.account.sid}/SIP/Domains/{domain.sid}"
    rows = operation("sip.domains.create").parameters
    given = settings_to_json("sip.domains.create", domain.settings)
    defaults = {row.keyword: _DEFAULTS.get(row.type) for row in rows}
    settings = {name: value for name, value in given.items() if value is not None}
    return {
        **defaults,
        **settings,
        "sid": domain.sid,
        "account_sid": world.account.sid,
        "api_version": API_VERSION,
        "domain_name": domain.domain_name,
        "auth_type": domain.auth_type,
        "date_created": format_date(world.clock, domain.created),
        "date_updated": format_date(world.clock, domain.updated),
        "subresource_uris": {name: f"{uri}/{word}.json" for name, word in _BELOW.items()},
        "uri": f"{uri}.json",
    }
