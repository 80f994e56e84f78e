"""The error codes of the Calls API, read from ``error_codes.json``.

Source: Twilio's page "Error and Warning Dictionary".
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import field
from functools import cache
from importlib.resources import files
from typing import Literal

from ...errors import PAGE_OF_CODE
from ...records import dataclass

#: The names of the codes that code speaks of.
CodeName = Literal[
    "account-not-active",
    "already-verified",
    "bad-account",
    "bad-application",
    "bad-callback-url",
    "bad-page-token",
    "bad-parameter",
    "bad-send-at",
    "bad-url",
    "closed-to-test-credentials",
    "coached-not-there",
    "forbidden",
    "from-not-owned",
    "label-taken",
    "method-not-allowed",
    "name-taken",
    "no-number-in-area",
    "not-authenticated",
    "not-finished",
    "not-found",
    "not-in-progress",
    "number-not-available",
    "queue-full",
    "receiver-not-verified",
    "sender-not-owned",
    "several-recordings",
    "to-is-from",
    "to-not-verified",
    "token-expired",
    "token-grants",
    "token-header",
    "token-issuer",
    "token-malformed",
    "token-not-yet-valid",
    "token-signature",
    "too-many-media",
    "too-many-requests",
    "unknown-application",
    "unknown-event",
    "unsubscribed",
]

#: What an error is about, where the words of its message depend on it.
ErrorCase = Literal["", "missing", "recording"]


@dataclass(frozen=True, slots=True)
class ErrorCode:
    """One code: HTTP *status* (``None`` for what is only logged), *meaning*, *message* as it is sent, and a *hint*.

    Where Twilio has other words for a parameter that is missing, or for a recording, those have a column of their own.
    *name* is what code calls it, where code speaks of it. *magic_numbers* are those to which test credentials answer
    with it, by the parameter that has the number.
    """

    code: int
    meaning: str
    status: int | None = None
    name: str = ""
    message: str = ""
    message_missing: str = ""
    message_recording: str = ""
    hint: str | None = None
    uncertain: bool = False
    magic_numbers: Mapping[str, str] = field(default_factory=dict)

    @property
    def more_info(self) -> str:
        """The address of Twilio's page about the code."""
        return PAGE_OF_CODE.format(self.code)

    def message_for(self, values: Mapping[str, str], case: ErrorCase = "") -> str:
        """The message as it is sent in this *case*, with *values* for its placeholders."""
        special = {"missing": self.message_missing, "recording": self.message_recording}
        text = special.get(case) or self.message or self.meaning.capitalize()
        for name, value in values.items():
            text = text.replace("{" + name + "}", value)
        return text


@cache
def error_codes() -> Mapping[int, ErrorCode]:
    """Every code of the table by its number."""
    rows = json.loads(files(__package__).joinpath("error_codes.json").read_text("utf-8"))
    return {row["code"]: ErrorCode(**row) for row in rows}


def error_code(name: CodeName) -> ErrorCode:
    """The code with this *name* in the table."""
    return _by_name()[name]


def magic_code(parameter: str, number: str) -> ErrorCode | None:
    """The code that test credentials answer with to the magic *number* in *parameter*; ``None`` for other numbers."""
    rows = error_codes().values()
    return next((row for row in rows if row.magic_numbers.get(parameter) == number), None)


@cache
def _by_name() -> Mapping[str, ErrorCode]:
    return {row.name: row for row in error_codes().values() if row.name}
