"""How a call ends: the words of phones, of the API and of timelines for the same thing.

Source: Twilio's page "Call resource", Call status values.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ...timeline import Kind

#: The final status after each action that ends the ringing; an answer is none of them.
OUTCOME: Mapping[str, str] = {
    "busy": "busy",
    "no answer": "no-answer",
    "reject": "no-answer",
    "fail": "failed",
}

#: The word of the timeline for each status.
TOLD: Mapping[str, Kind] = {
    "queued": "queued",
    "ringing": "ringing",
    "in-progress": "answered",
    "completed": "completed",
    "busy": "busy",
    "no-answer": "no answer",
    "failed": "failed",
    "canceled": "canceled",
}
