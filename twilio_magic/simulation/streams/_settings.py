"""What a stream is asked to be: by the attributes of ``<Stream>``, or by a request to the API."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import TYPE_CHECKING

from ...records import dataclass

if TYPE_CHECKING:
    from ..legs._verb import Verb
    from ..webhooks._target import WebhookTarget


@dataclass(frozen=True, slots=True)
class StreamSettings:
    """A stream to *url* of a *track*, with custom *parameters*; its events are reported to *callback*."""

    url: str
    name: str = ""
    track: str = "inbound_track"
    parameters: Mapping[str, str] = field(default_factory=dict)
    callback: WebhookTarget | None = None


def read_stream_settings(noun: Verb, url: str) -> StreamSettings:
    """The settings that the attributes of *noun*, a ``<Stream>``, say; its address is *url*."""
    return StreamSettings(
        url,
        noun["name"] or "",
        noun["track"],
        {each["name"] or "": each["value"] or "" for each in noun.inside()},
        noun.callback_in("statusCallback", "statusCallbackMethod", "stream"),
    )
