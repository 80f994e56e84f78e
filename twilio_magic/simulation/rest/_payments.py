"""Payments of a call in the REST API. Source: Twilio's page "Payments subresource"."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, jsonify

from ...api import API_VERSION
from ..payments._session import PaymentSession
from ._calls import find_call
from ._parameters import Refusal, format_date
from ._responses import find_resource, not_found, read_form

if TYPE_CHECKING:
    from ..world._world import World


def add_routes(api: Flask, account: str) -> None:
    """Add the paths of payments to *api*."""
    base = f"{account}/Calls/<call>/Payments"

    @api.post(f"{base}.json")
    def create_payment(world: World, call: str) -> tuple[Response, int]:
        leg, asked = find_call(world, call), read_form("calls.payments.create")
        _refuse_bad_amount(asked)
        made = world.account.resources(PaymentSession).values()
        same = (each for each in made if (each.leg, each.key) == (leg, asked["IdempotencyKey"]))
        session = next(same, None)
        if session is None:
            if leg.status != "in-progress" or leg.process.ending:
                raise Refusal("not-in-progress")
            session = world.account.add(PaymentSession(leg, asked))
            session.begin()
        return jsonify(_to_json(world, session)), 201

    @api.post(f"{base}/<sid>.json")
    def update_payment(world: World, call: str, sid: str) -> tuple[Response, int]:
        find_call(world, call)
        session = find_resource(world, PaymentSession, sid)
        if session.leg.sid != call:
            raise not_found()
        _update(session, read_form("calls.payments.update"))
        return jsonify(_to_json(world, session)), 202


def _update(session: PaymentSession, asked: Mapping[str, str]) -> None:
    """Capture a detail, or end the payment; raises :class:`Refusal`."""
    if session.is_over:
        raise Refusal("not-in-progress")
    if asked.get("Status") == "complete" and session.missing:
        raise Refusal("bad-parameter", name="Status")
    session.callback = asked["StatusCallback"]
    if asked.get("Status") == "complete":
        session.complete()
    elif "Status" in asked:
        session.cancel()
    elif "Capture" in asked:
        session.capture(asked["Capture"])


def _refuse_bad_amount(asked: Mapping[str, str]) -> None:
    amount = float(asked.get("ChargeAmount") or 0)
    if not 0 <= amount < 1_000_000:
        raise Refusal("bad-parameter", name="ChargeAmount")


def _to_json(world: World, session: PaymentSession) -> dict[str, Any]:
    """The Payment resource as JSON."""
    base = f"/{API_VERSION}/Accounts/{world.account.sid}/Calls/{session.leg.sid}"
    return {
        "sid": session.sid,
        "account_sid": world.account.sid,
        "call_sid": session.leg.sid,
        "date_created": format_date(world.clock, session.created),
        "date_updated": format_date(world.clock, session.updated),
        "uri": f"{base}/Payments/{session.sid}.json",
    }
