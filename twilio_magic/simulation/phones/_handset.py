"""A phone in one call."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ...errors import PhoneScriptError
    from ...twiml import Element, Speech
    from ..clock._clock import Process
    from ._conversation import HeardWord
    from ._line import PhoneLine
    from ._person import Person


class Handset(ABC):
    """The phone at the far end of *line*, in one call. Its process ends with the call, wherever it is."""

    def __init__(self, line: PhoneLine) -> None:
        self.line = line

    @property
    def person(self) -> Person | None:
        """The person at the phone; ``None`` where a script is played."""
        return None

    @abstractmethod
    def ring(self) -> Process[None]:
        """Be called: ring until something is decided, then take part in the call."""

    @abstractmethod
    def dial(self) -> Process[None]:
        """Call: wait for an answer, then take part in the call."""

    @abstractmethod
    def hear(self, speech: Speech, started: float) -> None:
        """Take in *speech*, which began at the moment *started*."""

    @abstractmethod
    def hear_keys(self, keys: str, started: float) -> None:
        """Take in the tones of *keys*, which began at the moment *started*."""

    @abstractmethod
    def hear_noise(self, seconds: float, started: float) -> None:
        """Take in a sound without words of so many *seconds*, which began at the moment *started*."""

    @abstractmethod
    def hear_beep(self, seconds: float, started: float) -> None:
        """Take in a beep of so many *seconds*, which began at the moment *started*."""

    @abstractmethod
    def hear_no_more(self, since: float) -> None:
        """Forget what would have come after the moment *since*: it was cut off."""

    def words_heard(self) -> list[HeardWord]:
        """The words and beeps that were heard so far, in order."""
        return []

    @property
    def decision(self) -> str:
        """What ended the ringing, in the words of scripts; empty if nothing did, or nobody decided."""
        return ""

    @property
    def greeting(self) -> str:
        """What an answering machine says here; empty at other phones."""
        return ""

    @property
    def beeps(self) -> bool:
        """Whether a beep follows the greeting of a machine."""
        return False

    def take_message(self, content: str) -> None:  # noqa: B027
        """The application of the client gets a user-defined message with this *content*."""

    def show(self, element: Element | None, source: str | None) -> None:  # noqa: B027
        """Twilio performs *element* of the document *source* now; ``None`` when it is between documents."""

    def connect(self, party: str) -> None:  # noqa: B027
        """*party*, an address or a conference, is on the line from now on."""

    def pending(self) -> PhoneScriptError | None:
        """What the script still waits for, as the error that it is at the end of a test; ``None`` if for nothing."""
        return None

    def end(self) -> None:  # noqa: B027
        """The call ends: report what was left undone."""

    def release(self) -> Person | None:
        """Detach the person from this phone, because their world is over; ``None`` without a person in the call."""
        return None
