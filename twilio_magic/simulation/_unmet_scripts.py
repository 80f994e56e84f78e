"""What keeps the scripts of a world's phones from having come true."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..errors import PhoneScriptError
from .legs._leg import Leg

if TYPE_CHECKING:
    from .world._world import World


def unmet_scripts(world: World) -> list[PhoneScriptError]:
    """An error for each script that failed, that still waits for words, and that no call has reached."""
    legs = world.account.resources(Leg).values()
    going = (leg.phone.handset.pending() for leg in legs if not leg.over.triggered)
    phones = world.phones
    others = (_error_without_call(address, str(phones[address])) for address in phones.without_call)
    return [*phones.failures, *filter(None, going), *others]


def _error_without_call(address: str, script: str) -> PhoneScriptError:
    return PhoneScriptError(
        f"The script of {address} never ran: no call reached that phone.",
        excerpt=script.splitlines(),
        hint=f'If none has to, leave it out: del simulator.phones["{address}"].',
    )
