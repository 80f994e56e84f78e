"""What is a fact about Twilio's requests to web applications, read from ``webhooks.json``.

Source: Twilio's pages "TwiML for Programmable Voice" (Twilio's request), "Webhooks: Connection overrides" and the error
dictionary (112xx).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def webhook_spec() -> Mapping[str, Any]:
    """The table by its headings: headers, redirects, overrides, codes, audio types, states."""
    text = files(__package__).joinpath("webhooks.json").read_text("utf-8")
    facts: Mapping[str, Any] = json.loads(text)
    return facts


def code_of(failure: str) -> int:
    """Twilio's code for a *failure*, by its name in the table."""
    return int(webhook_spec()["codes"][failure])
