"""Where a past begins that is replayed: a moment at which nothing went on in a world, and what it had then."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from copy import copy, deepcopy
from dataclasses import fields, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

from ...records import dataclass
from ._account import Application, Number
from ._identity import sid_of
from ._sip_domain import SipDomain

T = TypeVar("T")

if TYPE_CHECKING:
    from weakref import WeakKeyDictionary

    from ...secret import Secret
    from ..audio._voices import Voices
    from ..faults._fault import Fault
    from ..phones._phones import Player
    from ..phones._successive_scripts import SuccessiveScripts
    from ._account import Account, Numbers, Status
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
    caller_ids: dict[str, dict[str, str]]
    beginning: datetime
    agents: tuple[ReplyTime, float, Voices]
    phones: dict[str, Player]
    faults: dict[str, Fault]

    @property
    def mark(self) -> tuple[object, ...]:
        """What is the same as long as nothing was set. Faults are counted down by themselves."""
        return self.version, self.numbers, self.caller_ids, self.beginning, self.agents

    def apply(self, world: World) -> None:
        """Set the same in *world*."""
        _restore(world.account.numbers, self.numbers)
        _restore(world.account.caller_ids, self.caller_ids)
        world.clock.beginning = self.beginning
        world.reply_time, world.waiting_time.seconds, world.voices = self.agents
        world.phones.restore(self.phones)
        world.faults.restore(self.faults.values())


def read_world_settings(world: World, before: WorldSettings | None = None) -> WorldSettings:
    """The settings of *world* now; what has not changed since *before* is taken from there."""
    version = world.phones.version, world.faults.version
    is_same = before is not None and before.version == version
    now = WorldSettings(
        version,
        _settings_of(world.account.numbers),
        _settings_of(world.account.caller_ids),
        world.clock.beginning,
        (world.reply_time, world.waiting_time.seconds, world.voices),
        before.phones if before is not None and is_same else dict(world.phones.players),
        before.faults
        if before is not None and is_same
        else {fault.pattern: copy(fault) for fault in world.faults},
    )
    return before if before is not None and before.mark == now.mark else now


def _settings_of(numbers: Numbers) -> dict[str, dict[str, str]]:
    return {address: dict(number.settings) for address, number in numbers.items()}


def _restore(numbers: Numbers, settings: Mapping[str, dict[str, str]]) -> None:
    """Let *numbers* be those with these *settings*, by their addresses."""
    for address, each in settings.items():
        number = numbers.get(address)
        if number is None:
            number = numbers[address] = Number(address)
        number.settings = dict(each)
    for address in [each for each in numbers if each not in settings]:
        del numbers[address]


@dataclass(frozen=True, slots=True)
class Beginning:
    """A moment at which nothing goes on: the world had counted *number* events.

    *given* counts the sids, *resources* are applications and SIP domains, and *account* is what was set of it. *calls*
    counts those of phones with a script for each.
    """

    number: int
    steps: int
    at: float
    settings: WorldSettings
    given: Mapping[str, int]
    resources: tuple[Application | SipDomain, ...]
    account: AccountSettings
    registered: dict[str, float]
    token: Secret | None
    calls: WeakKeyDictionary[SuccessiveScripts, int]

    def apply(self, world: World, source: World) -> None:
        """Let *world*, which is new and begins at this moment, have what *source* had then.

        Of what was over then both have the same records.
        """
        world.identities.restore(self.given)
        world.journal.happened = self.number
        world.clock.steps = self.steps
        world.clients.restore(self.registered)
        world.use_token(self.token)
        world.phones.restore_calls(self.calls)
        self.account.apply(world.account)
        for resource in (*self._find_finished(source), *deepcopy(self.resources)):
            world.account.add(resource)
        self.settings.apply(world)

    def _find_finished(self, source: World) -> Iterable[Any]:
        seed, account = source.identities.seed, source.account
        for prefix in _FINISHED:
            given = {
                sid_of(seed, prefix, place) for place in range(1, self.given.get(prefix, 0) + 1)
            }
            yield from (
                each for sid, each in account.resources_with(prefix).items() if sid in given
            )


@dataclass(frozen=True, slots=True)
class AccountSettings:
    """What the API, and those who get text messages, may set of an account."""

    friendly_name: str
    status: Status
    updated: float
    opt_outs: frozenset[tuple[str, str]]

    def apply(self, account: Account) -> None:
        """Set the same in *account*."""
        account.friendly_name, account.status = self.friendly_name, self.status
        account.updated = self.updated
        account.opt_outs = set(self.opt_outs)


def is_quiet(world: World) -> bool:
    """Whether nothing goes on in *world*, and it has nothing that may change later but its settings."""
    account = world.account
    return (
        not world.clock.processes
        and len(world.accounts) == 1
        and account.kinds() <= _KNOWN
        and not any(account.resources_with("QU"))
    )


def begin(world: World, settings: WorldSettings, before: Beginning | None = None) -> Beginning:
    """The moment that is now; what has not changed since the one *before* is taken from there."""
    account = world.account
    kept = [each for kind in _SETTINGS for each in account.resources(kind).values()]
    faults = {fault.pattern: copy(fault) for fault in world.faults}
    return Beginning(
        world.journal.happened,
        world.clock.steps,
        float(world.clock.env.now),  # to the last digit, so that all moments behind it are the same
        replace(settings, faults=faults) if faults or settings.faults else settings,
        world.identities.counts,
        before.resources
        if before is not None and _are_same(kept, before.resources)
        else tuple(deepcopy(kept)),
        _keep(
            before.account if before else None,
            AccountSettings(
                account.friendly_name, account.status, account.updated, frozenset(account.opt_outs)
            ),
        ),
        _keep(before.registered if before else None, world.clients.registrations),
        account.auth_token if account.is_guarded else None,
        _keep(before.calls if before else None, world.phones.calls),
    )


def _keep(before: T | None, now: T) -> T:
    """What is *now*: as it was *before* where it is the same, because each call keeps the beginning of its past."""
    return before if before is not None and before == now else now


def _are_same(resources: Sequence[Any], copies: Sequence[Any]) -> bool:
    """Whether the *copies* are still what the *resources* are."""
    return len(resources) == len(copies) and all(
        getattr(each, name.name) == getattr(copied, name.name)
        for each, copied in zip(resources, copies, strict=True)
        for name in fields(each)
    )
