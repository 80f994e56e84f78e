"""Another world in which the same answers: the applications, and the numbers and addresses that lead to them."""

from __future__ import annotations

from dataclasses import replace

from ._simulator import Simulator
from .phones._person import Person
from .world._account import Application
from .world._sip_domain import SipDomain


def copy_without_calls(simulator: Simulator) -> Simulator:
    """A new world without a network, in which the same applications answer at the same addresses and numbers.

    It has the same date, and none of the calls, phones and faults of *simulator*.
    """
    other = Simulator(simulator.seed, profile=simulator.profile, network=False)
    other.date = simulator.date
    _copy_answers(simulator, other)
    return other


def copy_world(simulator: Simulator, other: Simulator) -> None:
    """Let the same answer in *other* as in *simulator*, and the same phones do the same: those with a script or a
    function, not those that people have.
    """
    if other is simulator:
        return
    _copy_answers(simulator, other)
    players = {
        address: player
        for address, player in simulator.phones.players.items()
        if not isinstance(player, Person)
    }
    other._world.phones.restore({**other.phones.players, **players})
    for address, name in simulator.phones.names.items():
        other.phones.name(address, name)


def _copy_answers(simulator: Simulator, other: Simulator) -> None:
    with simulator.hold():
        simulator._world.web.mounts.mount_again(other._world.web)
        own, new = simulator._world.account, other._world.account
        for address, number in own.numbers.items():
            new.numbers[address] = replace(number, settings=dict(number.settings))
        for address, number in own.caller_ids.items():
            new.caller_ids[address] = replace(number, settings=dict(number.settings))
        for application in own.resources(Application).values():
            new.add(replace(application, settings=dict(application.settings)))
        for domain in own.resources(SipDomain).values():
            new.add(replace(domain, settings=dict(domain.settings), mappings=set(domain.mappings)))
