"""The softphone below a call form, to answer the call by hand instead of writing a script."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...endpoints import endpoint
from ...simulation import Person
from .._session import session
from ..softphone import softphone
from . import _controls as controls

if TYPE_CHECKING:
    from ..softphone._widget import Softphone


class OwnPhone:
    """A place for a softphone: *widget* is empty and *phone* is ``None`` until the first call is answered by hand."""

    def __init__(self) -> None:
        self.widget = controls.stack()
        self.phone: Softphone | None = None

    def put_at(self, to: str) -> bool:
        """Put a softphone at the address *to*, unless it has one; returns whether it is the one below the form.

        Raises :class:`NotInstalled` if anywidget is missing.
        """
        phones, address = session().simulator.phones, endpoint(to).address
        there = phones.get(address)
        if not isinstance(there, Person):
            made = softphone(address)
            if self.phone is not None:
                self.phone.close()
            self.phone, there = made, made.person
            self.widget.children = (made,)
        return self.phone is not None and there is self.phone.person
