"""What an endpoint refuses, and why."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from ..errors import TwilioMagicError


class Refused(Exception):  # noqa: N818 - it is no error of ours
    """A request that is refused with the HTTP *status*; *field* is what is wrong in it, *hint* what to do."""

    def __init__(
        self, status: int, message: str, *, field: str | None = None, hint: str | None = None
    ) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.field = field
        self.hint = hint

    def to_json(self) -> dict[str, object]:
        """The body of the answer: what there is nothing to say of is left out."""
        told = {
            "status": self.status,
            "field": self.field,
            "message": self.message,
            "hint": self.hint,
        }
        return {name: value for name, value in told.items() if value is not None}


def full(most: int, what: str) -> Refused:
    """What is answered where there are *most* already."""
    hint = "Delete some, or POST /simulator/reset begins anew."
    return Refused(409, f"This world is full: it has {most:,} {what}.", hint=hint)


@contextmanager
def naming(field: str) -> Iterator[None]:
    """Refuse with 400, naming *field*, what the simulator cannot take from it."""
    try:
        yield
    except TwilioMagicError as error:
        raise Refused(400, str(error), field=field, hint=error.hint) from None
