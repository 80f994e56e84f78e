"""The error codes of the Calls API, read from ``error_codes.json``.

Source: Twilio's page "Error and Warning Dictionary".
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ...errors import PAGE_OF_CODE


@dataclass(frozen=True, slots=True)
class ErrorCode:
    """One code: HTTP *status* (``None`` for what is only logged), *meaning*, the *message* on the wire, a *hint*."""

    code: int
    meaning: str
    status: int | None = None
    message: str = ""
    message_missing: str = ""
    hint: str | None = None
    uncertain: bool = False

    @property
    def more_info(self) -> str:
        """The address of Twilio's page about the code."""
        return PAGE_OF_CODE.format(self.code)

    def message_for(self, values: Mapping[str, str], *, missing: bool = False) -> str:
        """The message as it is sent, with *values* for its placeholders."""
        text = (
            (self.message_missing if missing else "") or self.message or self.meaning.capitalize()
        )
        for name, value in values.items():
            text = text.replace("{" + name + "}", value)
        return text


@cache
def error_codes() -> Mapping[int, ErrorCode]:
    """Every code of the table by its number."""
    rows = json.loads(files(__package__).joinpath("error_codes.json").read_text("utf-8"))
    return {row["code"]: ErrorCode(**row) for row in rows}
