"""User-defined messages of a call and subscriptions to them, in the REST API.

Source: Twilio's pages "UserDefinedMessages subresource" and "UserDefinedMessageSubscriptions subresource".
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, jsonify

from ...api import API_VERSION
from ..legs._call_messages import CallMessage, Subscription, send_to_client
from ..webhooks._target import WebhookTarget
from ._calls import find_call
from ._parameters import Refusal, format_date
from ._responses import find_resource, not_found, read_form

if TYPE_CHECKING:
    from ..legs._leg import Leg
    from ..world._world import World

_ACTIVE = ("ringing", "in-progress")


def add_routes(api: Flask, account: str) -> None:
    """Add the paths of messages and subscriptions to *api*."""
    _add_message_routes(api, f"{account}/Calls/<call>/UserDefinedMessages")
    _add_subscription_routes(api, f"{account}/Calls/<call>/UserDefinedMessageSubscriptions")


def _add_message_routes(api: Flask, base: str) -> None:
    @api.post(f"{base}.json")
    def create_user_defined_message(world: World, call: str) -> tuple[Response, int]:
        asked, leg = read_form("calls.user_defined_messages.create"), _find_active(world, call)
        key = asked.get("IdempotencyKey", "")
        messages = world.account.resources(CallMessage).values()
        message = _same(messages, leg, key) or send_to_client(leg, asked["Content"], key)
        return jsonify(_common(world, message)), 201


def _add_subscription_routes(api: Flask, base: str) -> None:
    @api.post(f"{base}.json")
    def create_subscription(world: World, call: str) -> tuple[Response, int]:
        asked = read_form("calls.user_defined_message_subscriptions.create")
        leg = _find_active(world, call)
        made = world.account.resources(Subscription).values()
        subscription = _same(made, leg, asked.get("IdempotencyKey", ""))
        return jsonify(_to_json(world, subscription or _subscribe(world, leg, asked))), 201

    @api.delete(f"{base}/<sid>.json")
    def delete_subscription(world: World, call: str, sid: str) -> tuple[str, int]:
        find_call(world, call)
        subscription = find_resource(world, Subscription, sid)
        if subscription.leg.sid != call:
            raise not_found()
        world.account.remove(subscription)
        return "", 204


def _find_active(world: World, sid: str) -> Leg:
    """The call with this sid, which rings or is in progress; raises :class:`Refusal` for one that does not."""
    leg = find_call(world, sid)
    if leg.status not in _ACTIVE or leg.process.ending:
        raise Refusal("not-in-progress")
    return leg


def _same(made: Any, leg: Leg, key: str) -> Any:
    """What an earlier request with the same *key* has made."""
    return next((each for each in made if key and (each.leg, each.key) == (leg, key)), None)


def _subscribe(world: World, leg: Leg, asked: Mapping[str, str]) -> Subscription:
    sid = world.identities.next(Subscription.sid_prefix)
    method = asked.get("Method", "POST")
    target = WebhookTarget(asked["Callback"], method, "user-defined message")
    key = asked.get("IdempotencyKey", "")
    return world.account.add(Subscription(sid, leg, target, world.clock.now, key))


def _common(world: World, made: CallMessage | Subscription) -> dict[str, Any]:
    return {
        "sid": made.sid,
        "account_sid": world.account.sid,
        "call_sid": made.leg.sid,
        "date_created": format_date(world.clock, made.created),
    }


def _to_json(world: World, each: Subscription) -> dict[str, Any]:
    base = f"/{API_VERSION}/Accounts/{world.account.sid}/Calls/{each.leg.sid}"
    uri = f"{base}/UserDefinedMessageSubscriptions/{each.sid}.json"
    return {**_common(world, each), "uri": uri}
