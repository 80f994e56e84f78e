"""Text messages in the REST API, with their media and feedback.

Source: Twilio's pages "Messages resource", "Media resource" and "Message Feedback resource".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from mimetypes import guess_type
from operator import attrgetter
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from flask import Flask, Response, jsonify, request

from ...api import API_VERSION, operation
from ..legs._texts import call_with
from ..messages._facts import message_facts
from ..messages._message import Message
from ..messages._messaging import Messaging
from ..webhooks._target import WebhookTarget
from ._call_resource import stored_address
from ._message_addresses import receiver_address, sender_address
from ._paging import LastingRows, filter_rows, paginate
from ._parameters import Refusal, format_date, parse_form
from ._responses import find_resource, not_found, read_form, read_query
from ._rules import refuse_message

if TYPE_CHECKING:
    from ..world._world import World

_FACTS: Mapping[str, Callable[[Message], str]] = {
    "To": attrgetter("to"),
    "From": attrgetter("from_"),
}
_MOMENTS: Mapping[str, Callable[[Message], float | None]] = {"DateSent": attrgetter("sent")}
_MEDIA_MOMENTS: Mapping[str, Callable[[_Media], float]] = {
    "DateCreated": attrgetter("message.created")
}


def add_routes(api: Flask, account: str) -> None:
    """Add the paths of messages to *api*."""
    base = f"{account}/Messages"
    _add_collection_routes(api, base)
    _add_single_routes(api, base)
    _add_media_routes(api, f"{base}/<message>")


def _add_collection_routes(api: Flask, base: str) -> None:
    @api.post(f"{base}.json")
    def create_message(world: World) -> tuple[Response, int]:
        message, at = _message(world, request.form.to_dict(flat=False))
        if world.account.profile != "test-credentials":
            world.part(Messaging).send(message, at)
        return jsonify(_to_json(world, message)), 201

    @api.get(f"{base}.json")
    def list_messages(world: World) -> Response:
        wanted = read_query("messages.list")
        wanted |= {name: stored_address(wanted[name]) for name in _ADDRESSES if name in wanted}
        return paginate(
            "messages",
            world.account.resources(Message).newest_first(),
            lambda message: _to_json(world, message),
            lambda rows: filter_rows(rows, wanted, world.clock, _FACTS, _MOMENTS),
        )


def _add_single_routes(api: Flask, base: str) -> None:
    @api.get(f"{base}/<sid>.json")
    def fetch_message(world: World, sid: str) -> Response:
        return jsonify(_to_json(world, find_resource(world, Message, sid)))

    @api.post(f"{base}/<sid>.json")
    def update_message(world: World, sid: str) -> Response:
        message = find_resource(world, Message, sid)
        _update(message, read_form("messages.update"))
        return jsonify(_to_json(world, message))

    @api.delete(f"{base}/<sid>.json")
    def delete_message(world: World, sid: str) -> tuple[str, int]:
        message = find_resource(world, Message, sid)
        if not message.is_over:
            raise Refusal("not-finished", what="Message is not finished")
        world.account.remove(message)
        return "", 204

    @api.post(f"{base}/<sid>/Feedback.json")
    def create_feedback(world: World, sid: str) -> Response:
        message = find_resource(world, Message, sid)
        asked = read_form("messages.feedback.create")
        message.feedback = asked.get("Outcome", "unconfirmed")
        now = format_date(world.clock, world.clock.now)
        return jsonify(
            {
                "account_sid": world.account.sid,
                "message_sid": sid,
                "outcome": message.feedback,
                "date_created": now,
                "date_updated": now,
                "uri": f"{_path(world, message)}/Feedback.json",
            }
        )


class _Media:
    """One of the media of *message*, at *url*."""

    def __init__(self, message: Message, sid: str) -> None:
        self.message, self.sid = message, sid
        self.url = message.media[sid]


def _add_media_routes(api: Flask, base: str) -> None:
    def find(world: World, message: str, sid: str) -> _Media:
        found = find_resource(world, Message, message)
        if sid not in found.media:
            raise not_found()
        return _Media(found, sid)

    @api.get(f"{base}/Media.json")
    def list_media(world: World, message: str) -> Response:
        found, wanted = find_resource(world, Message, message), read_query("messages.media.list")
        return paginate(
            "media_list",
            LastingRows(lambda: [_Media(found, sid) for sid in found.media]),
            lambda media: _media_to_json(world, media),
            lambda rows: filter_rows(rows, wanted, world.clock, {}, _MEDIA_MOMENTS),
        )

    @api.get(f"{base}/Media/<sid>.json")
    def fetch_media(world: World, message: str, sid: str) -> Response:
        return jsonify(_media_to_json(world, find(world, message, sid)))

    @api.delete(f"{base}/Media/<sid>.json")
    def delete_media(world: World, message: str, sid: str) -> tuple[str, int]:
        del find(world, message, sid).message.media[sid]
        return "", 204


_ADDRESSES: Mapping[str, Callable[[str], str]] = {"To": receiver_address, "From": sender_address}


def _message(world: World, form: dict[str, list[str]]) -> tuple[Message, float | None]:
    """The message that *form* asks for, and when it is to be sent; raises :class:`Refusal`."""
    create = operation("messages.create")
    asked = parse_form(create, form)
    asked |= {name: read(asked[name]) for name, read in _ADDRESSES.items() if asked.get(name)}
    sender = asked.get("From") or next(iter(world.account.numbers), "")
    refuse_message(world.account, create, {**asked, "From": sender})
    at = _moment(world, asked["SendAt"]) if "SendAt" in asked else None
    service = asked.get("MessagingServiceSid")
    status = "queued" if service is None else "accepted" if at is None else "scheduled"
    message = Message(
        world,
        "outbound-api",
        sender,
        asked["To"],
        asked.get("Body", ""),
        status=status,
        media=asked.get("MediaUrl", "").split(),
        call=call_with(world, asked["To"]),
        callback=_callback(world, asked),
        service_sid=service,
    )
    return message, at


def _callback(world: World, asked: Mapping[str, str]) -> WebhookTarget | None:
    """Where the state of the message is reported: as asked, or by the application that is named."""
    url = asked.get("StatusCallback", "")
    sid = asked.get("ApplicationSid")
    if not url and sid:
        settings = world.account.voice_settings(sid)
        if settings is None:
            raise Refusal("bad-application", sid=sid)
        url = settings.get("MessageStatusCallback") or settings.get("SmsStatusCallback") or ""
    return WebhookTarget(url, "POST", "message status") if url else None


def _moment(world: World, text: str) -> float:
    """When a scheduled message is sent; raises :class:`Refusal` for a moment too near or too far."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise Refusal("bad-send-at") from None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    at = (moment - world.clock.beginning).total_seconds()
    soonest, latest = message_facts().scheduled_seconds
    if not soonest <= at - world.clock.now <= latest:
        raise Refusal("bad-send-at")
    return at


def _update(message: Message, asked: Mapping[str, str]) -> None:
    """Remove the words of *message*, or cancel it."""
    if asked.get("Body"):
        raise Refusal("bad-parameter", name="Body")
    if "Status" in asked:
        if message.status != "scheduled":
            raise Refusal("bad-parameter", name="Status")
        message.enter("canceled")
    if "Body" in asked:
        if not message.is_over:
            raise Refusal("not-finished", what="Message is not finished")
        message.body = ""


def _path(world: World, message: Message) -> str:
    return f"/{API_VERSION}/Accounts/{world.account.sid}/Messages/{message.sid}"


def _to_json(world: World, message: Message) -> dict[str, Any]:
    """The Message resource as JSON."""
    path = _path(world, message)
    return {
        "sid": message.sid,
        "account_sid": world.account.sid,
        "api_version": API_VERSION,
        "body": message.body,
        "date_created": format_date(world.clock, message.created),
        "date_sent": format_date(world.clock, message.sent),
        "date_updated": format_date(world.clock, message.updated),
        "direction": message.direction,
        "error_code": message.error_code,
        "error_message": message.error_message,
        "from": message.from_,
        "messaging_service_sid": message.service_sid,
        "num_media": str(len(message.media)),
        "num_segments": str(message.segments),
        "price": None,
        "price_unit": "USD",
        "status": message.status,
        "subresource_uris": {"media": f"{path}/Media.json"},
        "to": message.to,
        "uri": f"{path}.json",
    }


def _media_to_json(world: World, media: _Media) -> dict[str, Any]:
    moment = format_date(world.clock, media.message.created)
    kind, _ = guess_type(urlsplit(media.url).path)
    return {
        "sid": media.sid,
        "account_sid": world.account.sid,
        "parent_sid": media.message.sid,
        "content_type": kind or "image/jpeg",
        "date_created": moment,
        "date_updated": moment,
        "uri": f"{_path(world, media.message)}/Media/{media.sid}.json",
    }
