"""Whom an account may call from. Source: Twilio's pages "IncomingPhoneNumber resource", "OutgoingCallerId resource"."""

from __future__ import annotations

from typing import Any, ClassVar

from ...display import visible_line
from ._listable import Collection
from ._resource import Deletable, Fetchable, Resource, Updatable


class Number(Fetchable, Updatable, Deletable):
    """One phone number of the account; ``number.voice_url`` is what answers when it is called."""

    family: ClassVar[str] = "numbers"

    phone_number: str
    friendly_name: str | None
    voice_url: str | None
    voice_method: str
    voice_application_sid: str | None
    status_callback: str | None
    capabilities: dict[str, bool]

    def __repr__(self) -> str:
        answers = self.voice_application_sid or self.voice_url or "nothing answers"
        return visible_line(f"<Number {self.phone_number}: {answers}>")


class Numbers(Collection[Number]):
    """The phone numbers of an account."""

    kind = Number
    key = "incoming_phone_numbers"

    def create(self, *values: Any, **parameters: Any) -> Number:
        """Buy a number: ``phone_number`` or ``area_code``. It costs money each month."""
        return self._create(self._name_values("create", values, parameters))

    def update(self, sid: str, **parameters: Any) -> Number:
        """Change the number with this sid, such as its ``voice_url``."""
        return self._update(sid, parameters)

    def delete(self, sid: str) -> None:
        """Give the number with this sid back. Somebody else may get it."""
        self._delete(sid)


class CallerId(Fetchable, Updatable, Deletable):
    """One verified number that may be a call's ``from_`` without belonging to the account."""

    family: ClassVar[str] = "caller_ids"

    phone_number: str
    friendly_name: str | None

    def __repr__(self) -> str:
        return visible_line(f"<CallerId {self.phone_number}>")


class Validation(Resource):
    """A number is being verified: it is called, and asked for *validation_code*."""

    family: ClassVar[str] = "caller_ids"

    phone_number: str
    friendly_name: str | None
    call_sid: str
    validation_code: str

    def __repr__(self) -> str:
        return visible_line(
            f"<Validation of {self.phone_number}: enter {self.validation_code} when it rings>"
        )


class CallerIds(Collection[CallerId]):
    """The verified numbers of an account."""

    kind = CallerId
    key = "outgoing_caller_ids"

    def create(self, *values: Any, **parameters: Any) -> Validation:
        """Let Twilio call ``phone_number`` and ask for a code. It is a caller ID once the code was entered."""
        given = self._name_values("create", values, parameters)
        return Validation(self._transport, self._ask("create", given))

    def update(self, sid: str, **parameters: Any) -> CallerId:
        """Change the ``friendly_name`` of the caller ID with this sid."""
        return self._update(sid, parameters)

    def delete(self, sid: str) -> None:
        """Remove the caller ID with this sid."""
        self._delete(sid)
