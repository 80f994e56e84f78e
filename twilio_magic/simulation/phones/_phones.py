"""The phones of the simulated world, by number."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
from contextlib import contextmanager
from contextvars import ContextVar
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, ClassVar, TypeVar
from weakref import WeakKeyDictionary

from ...display import Shown, visible_line
from ...endpoints import endpoint, plain_number, sip_address
from ...records import dataclass
from ...scripts import Script, script
from ._clip import NotPlayable, read_clip
from ._generator_script import Routine, Talk
from ._inbox import Inbox
from ._manual_handset import ManualHandset
from ._person import Person
from ._scripted_handset import ScriptedHandset
from ._successive_scripts import SuccessiveScripts

if TYPE_CHECKING:
    from ...errors import PhoneScriptError
    from ._handset import Handset
    from ._line import PhoneLine
    from ._script_run import ScriptRun

#: A phone's player: a script, a generator function, or a person.
Player = Script | Routine | Person
#: The same as it may be assigned to a phone: a script also as text.
Given = str | Callable[[], Talk] | Player

#: Scripts that apply to some calls only, by address.
Meanwhile = Mapping[str, Player | SuccessiveScripts]

P = TypeVar("P")
_NO_SCRIPT = Script("", ())
_LONGEST_NAME = 40  # characters


class Phones(MutableMapping[str, Player], Shown):
    """The players of phones, by address: ``phones["+13105555555"] = "ring 3; answer; press 1; hang up"``.

    A key may be a pattern: ``phones["+1310*"]``, or ``phones["*"]`` for all others. The exact address wins, then the
    longest pattern. A phone without a script answers after two seconds and listens. Setting a script that cannot be
    read raises :class:`PhoneScriptError`.

    A generator function may be used instead of a script. It yields steps in the words of scripts and gets back what
    the phone heard since its last step::

        def caller():
            heard = yield 'hear "press"'
            yield "press 1" if "sales" in heard else "hang up"

    So may a :class:`Person`, who acts when they like.

    *failures* has an error for each script that did not come true, because the words that it waited for never came or
    its function raised; a test asks :meth:`check` at its end. *script_runs* has what became of each in each call.
    """

    view: ClassVar[str] = "twilio_magic.views.world:bundle_phones"

    def __init__(self) -> None:
        self._scripts: dict[str, Player] = {}
        self._inboxes: dict[str, Inbox] = {}
        self._names: dict[str, str] = {}
        self.failures: list[PhoneScriptError] = []
        self.script_runs: list[ScriptRun] = []
        self._reached: set[str] = set()
        self._calls: WeakKeyDictionary[SuccessiveScripts, int] = WeakKeyDictionary()
        self.version = 0  # counts the changes
        #: Who is at the phones of a person, if not they themselves: in a past that is replayed.
        self.stand_in: Callable[[Person], Person] = lambda person: person

    def __getitem__(self, address: str) -> Player:
        return self._scripts[_as_calls_have_it(address)]

    def __setitem__(self, address: str, source: Given) -> None:
        address = _as_calls_have_it(address if address.strip() else endpoint(address).address)
        before, player = self._scripts.get(address), as_player(source)
        self._scripts[address] = player
        self._reached.discard(address)
        self.version += 1
        if before is not player:
            _unplug(before)

    def __delitem__(self, address: str) -> None:
        _unplug(self._scripts.pop(_as_calls_have_it(address)))
        self.version += 1

    @property
    def players(self) -> Mapping[str, Player]:
        """All players, by their addresses and patterns."""
        return self._scripts

    @property
    def calls(self) -> WeakKeyDictionary[SuccessiveScripts, int]:
        """How many calls have had one of these scripts so far, also those that are forgotten."""
        return self._calls.copy()

    def restore_calls(self, calls: WeakKeyDictionary[SuccessiveScripts, int]) -> None:
        """Let so many *calls* have been before."""
        self._calls = calls.copy()

    def restore(self, players: Mapping[str, Player]) -> None:
        """Have the same *players* as another world had. People are not told of it."""
        self._scripts = dict(players)
        self.version += 1

    def __iter__(self) -> Iterator[str]:
        return iter(self._scripts)

    def __len__(self) -> int:
        return len(self._scripts)

    def name(self, address: str, name: str) -> None:
        """Call the phone at *address* by a *name*: ``simulator.phones.name("+13105550101", "Ann")``.

        Cards, transcripts, timelines and ladders show it. An empty one takes the name away. Raises
        :class:`NotAnEndpoint` for what is no address of a phone.
        """
        address = endpoint(address).address
        self._names.pop(address, None)
        if name.strip():
            self._names[address] = visible_line(" ".join(name.split()))[:_LONGEST_NAME]

    @property
    def names(self) -> Mapping[str, str]:
        """The names of phones, by their addresses."""
        return self._names

    def address_of(self, name: str) -> str:
        """The address of the phone with this *name*, in upper or lower case; what is no name is returned as it is."""
        wanted = " ".join(name.split()).casefold()
        named = (address for address, each in self._names.items() if each.casefold() == wanted)
        return next(named, name)

    @contextmanager
    def during(self, address: str, source: Given | SuccessiveScripts) -> Iterator[None]:
        """Give the phone at *address* a script for the calls that are placed inside the block, and for those that they
        make in turn; or one for each of these calls.

        Calls that other threads and tasks place at that time, as in a served world, have nothing to do with it.
        """
        player = source if isinstance(source, SuccessiveScripts) else as_player(source)
        block = _Block(self, _as_calls_have_it(address), player)
        _BLOCKS.set((*_BLOCKS.get(), block))
        try:
            yield
        finally:
            block.is_over = True  # also for the tasks that were begun inside
            _BLOCKS.set(tuple(other for other in _BLOCKS.get() if other is not block))

    @property
    def meanwhile(self) -> Meanwhile:
        """Scripts for the calls that this thread or task places now: those of the blocks that it is in."""
        blocks = (each for each in _BLOCKS.get() if each.phones is self and not each.is_over)
        return {block.address: block.player for block in blocks}

    @contextmanager
    def outside_blocks(self) -> Iterator[None]:
        """Ignore the blocks of :meth:`during` that this thread or task is in, while this block runs."""
        blocks = _BLOCKS.get()
        _BLOCKS.set(())
        try:
            yield
        finally:
            _BLOCKS.set(blocks)

    def pick(self, address: str, meanwhile: Meanwhile) -> Player:
        """The player of the phone at *address* in a call that begins now, and to which *meanwhile* applies."""
        found = _find_player(address, meanwhile)
        if isinstance(found, SuccessiveScripts):
            return found.after(self._calls.get(found, 0))
        if found is None:
            found = _find_player(address, self._scripts)
        return _NO_SCRIPT if found is None else found

    def has_player(self, address: str, meanwhile: Meanwhile) -> bool:
        """Whether somebody or a script is at the phone at *address* in a call to which *meanwhile* applies."""
        return self.pick(address, meanwhile) is not _NO_SCRIPT

    def attach(self, line: PhoneLine, meanwhile: Meanwhile) -> Handset:
        """The phone at the far end of *line*, in the call that begins there now, and to which *meanwhile* applies."""
        player, found = self.pick(line.far_end, meanwhile), _find_player(line.far_end, meanwhile)
        if isinstance(found, SuccessiveScripts):
            self._calls[found] = self._calls.get(found, 0) + 1
        elif found is None:
            self._reached.add(line.far_end)
        if isinstance(player, Person):
            return ManualHandset(line, self.stand_in(player))
        return ScriptedHandset(line, player)

    def unplug(self, in_calls: Iterable[Person]) -> None:
        """Detach all people, also those *in_calls* who have no phone of their own: their world is over."""
        at_phones = [each for each in self._scripts.values() if isinstance(each, Person)]
        for person in dict.fromkeys([*at_phones, *in_calls]):
            person.unplug()

    def inbox(self, address: str) -> Inbox:
        """The text messages that came to the phone at *address*."""
        return self._inboxes.setdefault(address, Inbox())

    def is_out_of_service(self, address: str) -> bool:
        """Whether nobody can be reached at *address*: the phone's script says that calls fail."""
        player = self.pick(address, {})
        return isinstance(player, Script) and any(step.action == "fail" for step in player.steps)

    @property
    def without_call(self) -> list[str]:
        """The addresses whose scripts no call has reached since they were set; not those of patterns and people."""
        return [
            address
            for address, player in self._scripts.items()
            if address not in self._reached
            and not _is_pattern(address)
            and not isinstance(player, Person)
        ]

    def check(self) -> None:
        """Raise the first of *failures*, a :class:`PhoneScriptError`, if a script did not come true."""
        if self.failures:
            raise self.failures[0]

    def __repr__(self) -> str:
        named = {address: f"{name} = {address}" for address, name in self._names.items()}
        lines = [f"{named.get(each, each)}: {steps}" for each, steps in self._scripts.items()]
        lines += [said for address, said in named.items() if address not in self._scripts]
        return "\n".join(map(visible_line, lines)) or "no phones with a script"


def _as_calls_have_it(address: str) -> str:
    """*address* as the legs of calls have it: a number in E.164 form, a SIP address with its scheme.

    A pattern stays as it is.
    """
    if _is_pattern(address):
        return address
    number = plain_number(address)
    return number if number.startswith("+") else sip_address(address)


def _find_player(address: str, players: Mapping[str, P]) -> P | None:
    """The one of *players* who is at *address*: by the address itself, or by the longest pattern."""
    if address in players:
        return players[address]
    patterns = [key for key in players if fnmatchcase(address, key)]
    return players[max(patterns, key=len)] if patterns else None


def _is_pattern(address: str) -> bool:
    return any(sign in address for sign in "*?[")


@dataclass(eq=False, slots=True)
class _Block:
    """A block of code in which *player* is at the phone at *address*."""

    phones: Phones
    address: str
    player: Player | SuccessiveScripts
    is_over: bool = False


#: The blocks that the thread or task at hand is in, the outermost first.
_BLOCKS: ContextVar[tuple[_Block, ...]] = ContextVar("blocks", default=())


def _unplug(player: Player | None) -> None:
    if isinstance(player, Person):
        player.unplug()


def as_player(source: Given) -> Player:
    """The player for *source*: text is read as a script, a function becomes a :class:`Routine`.

    Raises :class:`PhoneScriptError`, too, for a file that no phone can play.
    """
    if isinstance(source, str):
        read = script(source)
        _check_files(read)
        return read
    return source if isinstance(source, Script | Routine | Person) else Routine(source)


def _check_files(read: Script) -> None:
    for step in read.steps:
        if step.action == "say file":
            try:
                read_clip(step.text)
            except NotPlayable as reason:
                hint = "A WAV file of PCM or mu-law can be played."
                raise read.error_of(
                    step, f"{step.text!r} cannot be played: {reason}.", hint
                ) from None
