"""Queues and their members, the calls that wait in them, in the REST API.

Source: Twilio's pages "Queues resource" and "Members resource".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Flask, Response, jsonify

from ...api import API_VERSION
from ..clock._clock import whole
from ..legs._page import Instructions
from ..legs._process import CallRedirected
from ..queues._queue import Queue
from ..queues._queues import queue_called
from ..webhooks._target import WebhookTarget
from ._paging import paginate
from ._parameters import Refusal, format_date
from ._responses import find_resource, not_found, read_form, read_query
from ._row_numbers import PassingRows

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..queues._member import Member
    from ..world._world import World

_FRONT = "Front"  # the call at the head of the queue


def add_routes(api: Flask, account: str) -> None:
    """Add the paths of queues to *api*."""
    _add_queue_routes(api, f"{account}/Queues")
    _add_member_routes(api, f"{account}/Queues/<queue>/Members")


def _add_queue_routes(api: Flask, base: str) -> None:
    @api.post(f"{base}.json")
    def create_queue(world: World) -> tuple[Response, int]:
        asked = read_form("queues.create")
        _refuse_taken(world, asked)
        return jsonify(_queue_to_json(world.account.add(Queue(world, asked)))), 201

    @api.get(f"{base}.json")
    def list_queues(world: World) -> Response:
        read_query("queues.list")
        return paginate("queues", world.account.resources(Queue).newest_first(), _queue_to_json)

    @api.get(f"{base}/<sid>.json")
    def fetch_queue(world: World, sid: str) -> Response:
        return jsonify(_queue_to_json(_find(world, sid)))

    @api.post(f"{base}/<sid>.json")
    def update_queue(world: World, sid: str) -> Response:
        queue = _find(world, sid)
        asked = read_form("queues.update")
        _refuse_taken(world, asked, queue)
        queue.change(asked)
        return jsonify(_queue_to_json(queue))

    @api.delete(f"{base}/<sid>.json")
    def delete_queue(world: World, sid: str) -> tuple[str, int]:
        queue = _find(world, sid)
        if queue.members:
            raise Refusal("not-finished", what="Queue is not empty")
        world.account.remove(queue)
        return "", 204


def _add_member_routes(api: Flask, base: str) -> None:
    @api.get(f"{base}.json")
    def list_members(world: World, queue: str) -> Response:
        found = _find(world, queue)
        read_query("members.list")
        return paginate(
            "queue_members", PassingRows(found.members, newest_first=False), _member_to_json
        )

    @api.get(f"{base}/<sid>.json")
    def fetch_member(world: World, queue: str, sid: str) -> Response:
        return jsonify(_member_to_json(_find_member(_find(world, queue), sid)))

    @api.post(f"{base}/<sid>.json")
    def update_member(world: World, queue: str, sid: str) -> Response:
        member = _find_member(_find(world, queue), sid)
        asked = read_form("members.update")
        answer = jsonify(_member_to_json(member))
        source = WebhookTarget(asked["Url"], asked.get("Method", "POST"))
        member.leave("by the API")
        member.leg.process.interrupt(CallRedirected(Instructions(source=source)))
        return answer


def _find(world: World, sid: str) -> Queue:
    return find_resource(world, Queue, sid)


def _find_member(queue: Queue, sid: str) -> Member:
    """The member of *queue* with this call sid; ``Front`` is the first."""
    found = queue.members if sid == _FRONT else [each for each in queue.members if each.sid == sid]
    if not found:
        raise not_found()
    return found[0]


def _refuse_taken(world: World, asked: Mapping[str, str], queue: Queue | None = None) -> None:
    """Raise :class:`Refusal` if the name that is *asked* for is that of another queue than *queue*."""
    taken = queue_called(world, asked.get("FriendlyName", ""))
    if taken is not None and taken is not queue:
        raise Refusal("name-taken")


def _queue_to_json(queue: Queue) -> dict[str, Any]:
    """The Queue resource as JSON."""
    world = queue.world
    return {
        "sid": queue.sid,
        "account_sid": world.account.sid,
        "friendly_name": queue.name,
        "max_size": queue.most,
        "current_size": len(queue.members),
        "average_wait_time": queue.average_wait,
        "date_created": format_date(world.clock, queue.created),
        "date_updated": format_date(world.clock, queue.updated),
        "uri": f"{_uri(queue)}.json",
    }


def _member_to_json(member: Member) -> dict[str, Any]:
    """The Member resource as JSON."""
    return {
        "call_sid": member.sid,
        "queue_sid": member.queue.sid,
        "position": member.position,
        "wait_time": whole(member.seconds),
        "date_enqueued": format_date(member.queue.world.clock, member.joined),
        "uri": f"{_uri(member.queue)}/Members/{member.sid}.json",
    }


def _uri(queue: Queue) -> str:
    return f"/{API_VERSION}/Accounts/{queue.world.account.sid}/Queues/{queue.sid}"
