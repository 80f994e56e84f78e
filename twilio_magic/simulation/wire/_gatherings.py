"""Queues on the wire. Source: Twilio's page "Queue resource".

No call can wait in a queue yet, so queues are empty.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Flask, Response, jsonify, request

from ...api import API_VERSION, operation
from .._account import Queue
from ._answers import accepted, date, not_here, page

if TYPE_CHECKING:
    from .._world import World


def serve(wire: Flask, account: str, world: World) -> None:
    """Add the paths of queues to *wire*."""
    _serve_queues(wire, f"{account}/Queues", world)


def _serve_queues(wire: Flask, base: str, world: World) -> None:
    kept = world.account.queues

    def found(sid: str) -> Queue:
        if sid not in kept:
            raise not_here()
        return kept[sid]

    @wire.post(f"{base}.json")
    def create_queue() -> tuple[Response, int]:
        asked = accepted(operation("queues.create"), request.form.to_dict(flat=False))
        queue = Queue(world.identities.next("QU"), world.clock.now, asked)
        kept[queue.sid] = queue
        return jsonify(_queue(world, queue)), 201

    @wire.get(f"{base}.json")
    def list_queues() -> Response:
        accepted(operation("queues.list"), request.args.to_dict(flat=False))
        return page("queues", list(reversed(kept.values())), lambda each: _queue(world, each))

    @wire.get(f"{base}/<sid>.json")
    def fetch_queue(sid: str) -> Response:
        return jsonify(_queue(world, found(sid)))

    @wire.post(f"{base}/<sid>.json")
    def update_queue(sid: str) -> Response:
        queue = found(sid)
        queue.settings |= accepted(operation("queues.update"), request.form.to_dict(flat=False))
        return jsonify(_queue(world, queue))

    @wire.delete(f"{base}/<sid>.json")
    def delete_queue(sid: str) -> tuple[str, int]:
        del kept[found(sid).sid]
        return "", 204

    @wire.get(f"{base}/<sid>/Members.json")
    def list_members(sid: str) -> Response:
        found(sid)
        accepted(operation("members.list"), request.args.to_dict(flat=False))
        return page("queue_members", [], dict)


def _queue(world: World, queue: Queue) -> dict[str, Any]:
    sid = world.account.sid
    return {
        "sid": queue.sid,
        "account_sid": sid,
        "friendly_name": queue.settings["FriendlyName"],
        "max_size": int(queue.settings.get("MaxSize", 1000)),
        "current_size": 0,
        "average_wait_time": 0,
        "date_created": date(world, queue.created),
        "date_updated": date(world, queue.created),
        "uri": f"/{API_VERSION}/Accounts/{sid}/Queues/{queue.sid}.json",
    }
