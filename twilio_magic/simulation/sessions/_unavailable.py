"""Nouns of ``<Connect>`` whose service is another company's, another product of Twilio's, or gone: they fail."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import field
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from ...records import dataclass

if TYPE_CHECKING:
    from ..clock._clock import Process
    from ..legs._verb import Verb


@dataclass(frozen=True, slots=True)
class ServiceRow:
    """A service that the noun *would* connect the call with, and how it fails.

    It fails with Twilio's *code*, where one is known, and a *message*; *parameters* are those of the action, where two
    more may have the code and the message.
    """

    would: str
    code: int | None = None
    message: str = ""
    parameters: Mapping[str, str] = field(default_factory=dict)
    code_parameter: str = ""
    message_parameter: str = ""


@cache
def unavailable_services() -> Mapping[str, ServiceRow]:
    """The table, read once: the services by the names of their nouns."""
    text = files(__package__).joinpath("unavailable.json").read_text("utf-8")
    return {name: ServiceRow(**row) for name, row in json.loads(text)["services"].items()}


class UnavailableService:
    """What *noun* connects the call with: nothing. It says what it would be, and fails at once."""

    def __init__(self, noun: Verb) -> None:
        self._noun = noun
        self._row = unavailable_services()[noun.element.name]

    @property
    def result(self) -> dict[str, str]:
        """The parameters of the action, as far as they are known."""
        row = self._row
        told = {row.code_parameter: str(row.code), row.message_parameter: row.message}
        return {**row.parameters, **{name: value for name, value in told.items() if name}}

    def run(self) -> Process[None]:
        """Answer the call, and fail."""
        noun, row = self._noun, self._row
        noun.leg.answer()
        element = noun.element
        has_action = element.parent is not None and element.parent.get("action")
        follows = "its action" if has_action else "the next verb"
        text = f"<{element.name}> (line {element.line}) would connect the call with {row.would}; {follows} follows"
        noun.record_event_once("not simulated", text, verb=element.name)
        if row.code is not None:
            noun.record_event("failed", f"{row.code}: {row.message}", code=row.code)
        yield from ()  # it takes no time
