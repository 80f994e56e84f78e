"""Where a past begins that is replayed: a moment at which nothing went on in a world, and what it had then."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from copy import copy, deepcopy
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from ._account import Application, Number
from ._identity import sid_of
from ._sip_domain import SipDomain

if TYPE_CHECKING:
    from ...secret import Secret
    from ..audio._voices import Voices
    from ..faults._fault import Fault
    from ..phones._phones import Player
    from ._reply_time import ReplyTime
    from ._world import World

#: Kinds of resources that nothing changes once the calls are over that they belong to.
_FINISHED = ("CA", "RE", "CF", "TR", "GT", "MZ", "SR", "PK", "KX", "ZY", "SM")
#: Kinds that are copied.
_SETTINGS: tuple[type[Application | SipDomain], ...] = (Application, SipDomain)
_KNOWN = {*_FINISHED, "SK", *(kind.sid_prefix for kind in _SETTINGS)}


@dataclass(frozen=True, slots=True)
class WorldSettings:
    """What code may set in a world at any moment: phones, numbers, faults, the date, and what answers cost."""

    version: tuple[int, int]
    numbers: dict[str, dict[str, str]]
    beginning: datetime
    agents: tuple[ReplyTime, float, Voices]
    phones: dict[str, Player]
    faults: dict[str, Fault]

    @property
    def mark(self) -> tuple[object, ...]:
        """What is the same as long as nothing was set. Faults are counted down by themselves."""
        return self.version, self.numbers, self.beginning, self.agents

    def apply(self, world: World) -> None:
        """Set the same in *world*."""
        for address, settings in self.numbers.items():
            number = world.account.numbers.get(address)
            if number is None:
                number = world.account.numbers[address] = Number(address)
            number.settings = dict(settings)
        for address in [each for each in world.account.numbers if each not in self.numbers]:
            del world.account.numbers[address]
        world.clock.beginning = self.beginning
        world.reply_time, world.waiting_time.seconds, world.voices = self.agents
        world.phones.restore(self.phones)
        world.faults.restore(self.faults.values())


def read_world_settings(world: World, before: WorldSettings | None = None) -> WorldSettings:
    """The settings of *world* now; what has not changed since *before* is taken from there."""
    version = world.phones.version, world.faults.version
    is_same = before is not None and before.version == version
    return WorldSettings(
        version,
        {address: dict(number.settings) for address, number in world.account.numbers.items()},
        world.clock.beginning,
        (world.reply_time, world.waiting_time.seconds, world.voices),
        before.phones if before is not None and is_same else dict(world.phones.players),
        before.faults
        if before is not None and is_same
        else {fault.pattern: copy(fault) for fault in world.faults},
    )


@dataclass(frozen=True, slots=True)
class Beginning:
    """A moment at which nothing goes on: the world had counted *number* events, and its journal this much.

    *given* counts the sids, *resources* are applications and SIP domains.
    """

    number: int
    questions: int
    inputs: int
    sockets: int
    steps: int
    at: float
    settings: WorldSettings
    given: Counter[str]
    resources: tuple[Application | SipDomain, ...]
    conferences: dict[str, str]
    registered: dict[str, float]
    token: Secret | None

    def apply(self, world: World, source: World) -> None:
        """Let *world*, which is new and begins at this moment, have what *source* had then.

        Of what was over then both have the same records.
        """
        world.identities.restore(self.given)
        world.journal.happened = self.number
        world.clock.steps = self.steps
        world.journal.sockets.extend([None] * self.sockets)
        world.conference_sids.update(self.conferences)
        world.clients.restore(self.registered)
        world.use_token(self.token)
        for resource in (*self._find_finished(source), *deepcopy(self.resources)):
            world.account.add(resource)
        self.settings.apply(world)

    def _find_finished(self, source: World) -> Iterable[Any]:
        seed, account = source.identities.seed, source.account
        for prefix in _FINISHED:
            given = {sid_of(seed, prefix, place) for place in range(1, self.given[prefix] + 1)}
            yield from (
                each for sid, each in account.resources_with(prefix).items() if sid in given
            )


def is_quiet(world: World) -> bool:
    """Whether nothing goes on in *world*, and it has nothing that may change later but its settings."""
    account = world.account
    return (
        not world.clock.processes
        and len(world.accounts) == 1
        and account.kinds() <= _KNOWN
        and not any(account.resources_with("QU"))
    )


def begin(world: World, settings: WorldSettings) -> Beginning:
    """The moment that is now."""
    account, journal = world.account, world.journal
    kept = tuple(each for kind in _SETTINGS for each in account.resources(kind).values())
    return Beginning(
        journal.happened,
        len(journal.questions),
        len(journal.inputs),
        len(journal.sockets),
        world.clock.steps,
        world.clock.now,
        settings,
        world.identities.counts,
        deepcopy(kept),
        dict(world.conference_sids),
        world.clients.registrations,
        account.auth_token if account.is_guarded else None,
    )
