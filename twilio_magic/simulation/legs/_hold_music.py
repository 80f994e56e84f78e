"""Hold music: what a waiting call hears, a document of the application or Twilio's music."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ._interpreter import interpret
from ._page import Instructions
from ._speaking import play_to

if TYPE_CHECKING:
    from ..clock._clock import Process
    from ..webhooks._target import WebhookTarget
    from ._leg import Leg

_LONGEST = 24 * 60 * 60.0  # seconds of music: it is cut off when it is no longer needed


def play_music(leg: Leg) -> Process[None]:
    """Twilio's music, until it is cut off."""
    leg.answer()
    yield from play_to(leg, "Twilio's hold music", _LONGEST)


def play_document(
    leg: Leg, source: WebhookTarget, context: str, *, repeats_audio: bool = False
) -> Process[None]:
    """The document at *source*, once; audio there again and again with *repeats_audio*, else once, too.

    One that fails is recorded in the timeline, and followed by silence.
    """
    instructions = Instructions(
        source=source, context=context, is_quiet=True, repeats_audio=repeats_audio
    )
    yield from interpret(leg, instructions)
