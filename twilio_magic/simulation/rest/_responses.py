"""Parts of all answers: error bodies; and reading the parameters of the request that Flask has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Response, g, jsonify, request

from ...api import operation
from ._parameters import Refusal, parse_form, refuse_local_addresses, with_paging
from ._representations import asked_path

if TYPE_CHECKING:
    from ...errors import NotInstalled
    from ..world._resources import R
    from ..world._world import World


def not_found() -> Refusal:
    """Twilio's answer to a request for a resource that does not exist."""
    return Refusal("not-found", path=asked_path())


def find_resource(world: World, kind: type[R], sid: str) -> R:
    """The account's resource of this *kind* with this sid; raises :class:`Refusal` (20404)."""
    resource = world.account.resources(kind).get(sid)
    if resource is None:
        raise not_found()
    return resource


def error_response(refusal: Refusal) -> Response:
    """Twilio's error body: code, message, more_info, status."""
    row = refusal.row
    body = {
        "code": row.code,
        "message": f"{row.message_for(refusal.values, refusal.case)} {refusal.reason}".rstrip(),
        "more_info": row.more_info,
        "status": row.status or 400,
    }
    if row.status == 401:
        body["detail"] = ""
    response = jsonify(body)
    response.status_code = row.status or 400
    if row.status == 401:
        response.headers["WWW-Authenticate"] = 'Basic realm="Twilio API"'
    return response


def missing_package_response(error: NotInstalled) -> Response:
    """An answer of ours, where Twilio would have sent what needs a package that is not installed."""
    message = f"{error.message} {error.hint or ''}".strip()
    response = jsonify({"code": None, "message": message, "more_info": None, "status": 406})
    response.status_code = 406
    return response


def read_form(name: str) -> dict[str, str]:
    """The parameters in the body of this request, which is for the operation *name*; see :func:`parse_form`.

    Raises :class:`Refusal`, too, for a local address if the account is strict.
    """
    asked = parse_form(operation(name), request.form.to_dict(flat=False))
    if g.is_strict:
        refuse_local_addresses(operation(name), asked)
    return asked


def read_query(name: str) -> dict[str, str]:
    """The parameters in the URL of this request, which is for the operation *name*; see :func:`parse_form`."""
    return parse_form(with_paging(operation(name)), request.args.to_dict(flat=False))
