"""The parts of a ladder: lifelines, arrows between them, and notes at them."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING, Literal

from ..records import dataclass

if TYPE_CHECKING:
    from ..timeline import Exchange

#: ``voice`` is speech, sound or keys, ``care`` what Twilio warns of, ``bad`` what failed.
Tone = Literal["plain", "voice", "care", "bad"]


@dataclass(frozen=True, slots=True)
class Lifeline:
    """A participant: a phone by its address, ``Twilio``, or a web application by its host.

    A phone that has a name is *called* by it.
    """

    name: str
    role: Literal["phone", "twilio", "web"]
    called: str = field(default="", compare=False)

    @property
    def title(self) -> str:
        """The name of a phone with its address; the name of all others."""
        return f"{self.called} {self.name}" if self.called else self.name


@dataclass(frozen=True, slots=True)
class Arrow:
    """Something sent at *at* seconds from the lifeline with the number *source* to that with the number *target*.

    *is_reply* says that it answers an arrow before it, *goes_both_ways* that it connects the two. *status* is the HTTP
    status of a reply, *error* why it was of no use, and *exchange* the request that the arrow is a half of.
    """

    at: float
    source: int
    target: int
    label: str
    tone: Tone = "plain"
    is_reply: bool = False
    goes_both_ways: bool = False
    status: int | None = None
    error: str = ""
    exchange: Exchange | None = field(default=None, repr=False)

    @property
    def text(self) -> str:
        """The label, with the error where there is one."""
        return f"{self.label} ✗ {self.error}" if self.error else self.label


@dataclass(frozen=True, slots=True)
class Note:
    """Something that happened at *at* seconds at the lifeline with the number *on*."""

    at: float
    on: int
    label: str
    tone: Tone = "plain"

    @property
    def text(self) -> str:
        """The label, with a mark where something is wrong."""
        return {"bad": "✗ ", "care": "! "}.get(self.tone, "") + self.label


Step = Arrow | Note
