"""A world as data that can be sent: its calls, documents, numbers and phones, without secrets."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from ..plain_data import data_of, data_of_exchange, data_of_session, data_of_value
from ..scripts import Script
from ..secret import mask_user_info
from .legs._leg import Leg
from .world._account import Application
from .world._sip_domain import SipDomain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .world._world import World

FORMAT, VERSION = "twilio-magic world", 1
#: Parameters that sign in somewhere: their names end so.
_SIGNS_IN = ("password", "token", "secret")


def world_text(world: World, seed: int, profile: str) -> str:
    """*world* as JSON: the same world has the same text. Its account's tokens are masked wherever they stand, and URLs
    in settings, documents and requests have no user names and passwords.
    """
    with world.lock:
        text = json.dumps(world_record(world, seed, profile), indent=1, ensure_ascii=False)
    text = mask_user_info(text)
    for secret in world.account.secrets.values():
        text = secret.mask_in(text)
    return f"{text}\n"


def world_record(world: World, seed: int, profile: str) -> dict[str, Any]:
    """*world* as data that JSON can hold."""
    account = world.account
    return {
        "format": FORMAT,
        "version": VERSION,
        "seed": seed,
        "profile": profile,
        "date": world.clock.beginning.isoformat(),
        "seconds": world.clock.now,
        "sids": dict(sorted(world.identities.counts.items())),
        "numbers": {number: _settings(each.settings) for number, each in account.numbers.items()},
        "caller_ids": list(account.caller_ids),
        "applications": {
            each.sid: _settings(each.settings) for each in account.resources(Application).values()
        },
        "sip_domains": {
            each.domain_name: _settings(each.settings)
            for each in account.resources(SipDomain).values()
        },
        "phones": {
            address: str(player)
            for address, player in world.phones.players.items()
            if isinstance(player, Script)
        },
        "documents": world.web.mounts.documents,
        "elsewhere": [repr(each) for each in world.web.mounts if each.find().text is None],
        "faults": [
            {"url": each.pattern, "times": each.left, **data_of_value(dict(each.effects))}
            for each in world.faults
        ],
        "calls": [_leg(each) for each in account.resources(Leg).values()],
    }


def _settings(settings: Mapping[str, str]) -> dict[str, str]:
    return {
        name: str(value) for name, value in settings.items() if not name.lower().endswith(_SIGNS_IN)
    }


def _leg(leg: Leg) -> dict[str, Any]:
    progress, source = leg.progress, leg.instructions.source
    return {
        "sid": leg.sid,
        "parent": leg.parent.sid if leg.parent else None,
        "direction": leg.direction,
        "parameters": _settings(leg.parameters),
        "url": source.url if source is not None else None,
        "twiml": leg.instructions.inline,
        "status": progress.status,
        **{
            name: getattr(progress, name)
            for name in ("created", "updated", "dialed", "started", "ended")
        },
        "timeline": [
            {"number": number, **data_of(event)}
            for number, event in zip(leg.order, leg.timeline, strict=True)
        ],
        "webhooks": [
            {"number": number, **data_of_exchange(each)}
            for number, each in zip(leg.webhooks.order, leg.exchanges, strict=True)
        ],
        "sessions": [{**data_of_session(each), "order": list(each.order)} for each in leg.sessions],
    }
