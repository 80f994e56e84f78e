"""The simulator's part for text messages: those that were sent and came, and letting one come in."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, cast

from ..endpoints import endpoint
from ..errors import SimulatorError
from ._doors import take_in
from .legs._texts import call_with
from .messages._message import Message, MessageList
from .messages._messaging import Messaging

if TYPE_CHECKING:
    from .world._world import World


class TextMessages:
    """The text messages of a simulated world."""

    _world: World

    def receive_message(self, from_: str, to: str, body: str) -> Message:
        """Let *from_* send a text message to *to*, a number of the account, and return it.

        What answers as time moves is the number's ``sms_url`` or application: see :attr:`numbers`. It belongs to the
        call that *from_* is in, if there is one. Raises :class:`SimulatorError` for a number that is not the account's.
        """
        sender, number = endpoint(from_).address, endpoint(to).address
        if self._world.owner_of(number) is None:
            raise SimulatorError(
                f"{number} is no number of this account, so nobody can send it a message.",
                hint=f'simulator.numbers["{number}"].sms_url = "https://…" makes it one that is answered.',
            )

        def send(world: World) -> Message:
            call = call_with(world, sender)
            return world.part(Messaging).receive(sender, number, body, call=call)

        return cast("Message", take_in(self._world, send))

    @property
    def messages(self) -> MessageList:
        """The text messages so far, in the order in which they were made: those that were sent and those that came."""
        with self._world.lock:
            made = self._world.all_of(Message)
        return MessageList(sorted(made, key=attrgetter("created")))
