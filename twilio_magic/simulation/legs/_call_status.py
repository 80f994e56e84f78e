"""How a call ends: the words of phones and of the API for the same thing.

Source: Twilio's page "Call resource", Call status values.
"""

from __future__ import annotations

from collections.abc import Mapping

#: The final status after each action that ends the ringing; an answer is none of them.
OUTCOME: Mapping[str, str] = {
    "busy": "busy",
    "no answer": "no-answer",
    "reject": "no-answer",
    "fail": "failed",
}
