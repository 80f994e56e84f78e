"""The Flask application of the REST API: authentication, headers and error answers."""

from __future__ import annotations

import hmac
import logging
import re
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, g, request
from werkzeug.exceptions import HTTPException
from werkzeug.routing import Rule

from ...api import API_VERSION
from ...display import visible_line
from ...errors import NotInstalled
from ...once import once
from . import (
    _accounts,
    _applications,
    _available_numbers,
    _call_events,
    _calls,
    _conferences,
    _keys,
    _live_transcriptions,
    _lookups,
    _messages,
    _notifications,
    _number_types,
    _numbers,
    _participants,
    _payments,
    _queues,
    _recordings,
    _sip_domains,
    _siprec,
    _streams,
    _tokens,
    _transcriptions,
    _usage,
    _user_defined_messages,
    stored,
)
from ._bounds import refuse_too_many
from ._headers import API_HEADERS
from ._parameters import Refusal
from ._products import refuse_other_products
from ._representations import Representations, asked_path, represent
from ._responses import error_response, missing_package_response, not_found
from ._rest_api import WORLD
from ._rules import refuse_closed, refuse_inactive

if TYPE_CHECKING:
    from ..world._account import Account
    from ..world._world import World

_ACCOUNT = f"/{API_VERSION}/Accounts/<account_sid>"
_RESOURCES = (
    _calls,
    _applications,
    _call_events,
    _notifications,
    _transcriptions,
    _recordings,
    _numbers,
    _number_types,
    _available_numbers,
    _conferences,
    _participants,
    _queues,
    _messages,
    _user_defined_messages,
    _payments,
    _live_transcriptions,
    _siprec,
    _streams,
    _sip_domains,
    _accounts,
    _keys,
    _tokens,
    _lookups,
    _usage,
    stored,
)
_SID = re.compile("AC[0-9a-fA-F]{32}")
_LOG = logging.getLogger("twilio_magic.rest")
#: The endpoints that test credentials may use, with their operations.
_OPEN = {
    "create_call": "calls.create",
    "create_message": "messages.create",
    "buy_number": "numbers.create",
}


class _Route(Rule):
    """A route that requests are matched with, and no address is ever built from.

    To make what builds addresses takes longer than all the rest of an API. The method is werkzeug's, and private: where
    it is called otherwise, routes are as slow to make as ever.
    """

    def _compile_builder(self, append_unknown: bool = True) -> Any:  # noqa: ARG002
        return lambda *_: NotImplemented


@once
def application() -> Flask:
    """The one application of all worlds, as to make its routes takes longer than a call: a request says whose it is."""
    api = Flask("twilio_magic.rest", static_folder=None, template_folder=None)
    api.url_rule_class = _Route
    # A defect of the simulator is not Twilio's answer 500.
    api.config["PROPAGATE_EXCEPTIONS"] = True
    api.url_map.strict_slashes = False
    api.json.sort_keys = False  # type: ignore[attr-defined] # as Twilio: the sid comes first
    api.json.compact = True  # type: ignore[attr-defined] # also where FLASK_DEBUG is set, for a user's application
    _add_steps(api)
    _add_error_answers(api)
    for resource in _RESOURCES:
        resource.add_routes(api, _ACCOUNT)
    api.wsgi_app = Representations(api.wsgi_app)  # type: ignore[method-assign] # Flask's way to wrap it
    return api


def _add_steps(api: Flask) -> None:
    """Add what comes before and after each route, which gets the *world* that its request is about."""

    @api.url_value_preprocessor
    def take_world(_: str | None, values: dict[str, Any] | None) -> None:
        g.world = request.environ[WORLD]
        g.is_strict = g.world.account.is_strict
        g.account_sid = None
        if values is not None:
            g.account_sid = values.pop("account_sid", None)
            values["world"] = g.world

    @api.before_request
    def authenticate() -> None:
        g.signer = _sign_in(g.world)
        if request.endpoint not in (None, *_accounts.ALWAYS_OPEN):
            refuse_inactive(g.world.account, g.signer, request.method)
        if request.endpoint:
            refuse_closed(g.world.account, _OPEN.get(request.endpoint, ""))
        if request.method == "POST" and g.account_sid:
            refuse_too_many(g.world.account, request.path.partition(g.account_sid)[2])

    refuse_other_products(api)

    @api.after_request
    def add_headers(response: Response) -> Response:
        response.headers["Twilio-Request-Id"] = g.world.identities.next("RQ")
        response.headers.update(API_HEADERS)
        return represent(response)


def _add_error_answers(api: Flask) -> None:
    @api.errorhandler(Refusal)
    def refuse(refusal: Refusal) -> Response:
        return error_response(refusal)

    @api.errorhandler(NotInstalled)
    def answer_not_acceptable(error: NotInstalled) -> Response:
        return missing_package_response(error)

    @api.errorhandler(HTTPException)
    def answer_http_error(error: HTTPException) -> Response:
        return error_response(_refusal_of(api, error))


def _sign_in(world: World) -> Account:
    """The account that the request is signed in as: that which it is about, or the owner of that.

    Raises :class:`Refusal` for strangers, and for requests about another account.
    """
    account = world.account
    about = [account, account.owner] if g.account_sid else _accounts.all_of(world)
    g.account_sid = g.account_sid or account.sid
    signer = next((each for each in about if each and _is_authenticated(each)), None)
    if signer is None:
        raise Refusal("not-authenticated")
    if not _SID.fullmatch(g.account_sid):  # such as null, from a program that has lost its sid
        raise not_found()
    if g.account_sid != account.sid:
        raise Refusal("not-authenticated")
    return signer


def _is_authenticated(account: Account) -> bool:
    """Whether the request is signed in with the account's token, or with one of its API keys."""
    try:
        given = request.authorization
    except ValueError:  # it is no text
        return False
    secret = account.secrets.get((given.username or "") if given else "")
    if given is None or secret is None:
        return False
    return hmac.compare_digest((given.password or "").encode(), secret.reveal().encode())


def _refusal_of(api: Flask, error: HTTPException) -> Refusal:
    """Twilio's answer to a path or a method that no route has."""
    if error.code == 405:
        return Refusal("method-not-allowed")
    if error.code == 404:
        _log_known_families(api)
    return not_found()


def _log_known_families(api: Flask) -> None:
    """Log what the simulated API has, for a request to a path that it has not: Twilio's answer names none."""
    rules = (rule.rule.removeprefix(f"{_ACCOUNT}/") for rule in api.url_map.iter_rules())
    simulated = {rule.partition(".")[0] for rule in rules if not re.search("[/<]", rule)}
    families = sorted(simulated | stored.families())
    below = asked_path().partition(f"/Accounts/{g.account_sid}")[2]
    asked, there = visible_line(f"…{below}" if below else asked_path()), ", ".join(families)
    _LOG.warning("There is no %s in the simulated API, which has %s.", asked, there)
