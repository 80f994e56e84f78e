"""``%twilio``: where calls go, and with what defaults."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ..errors import MagicLineError, TwilioMagicError
from ..suggestions import did_you_mean, nearest
from ._magic import Invocation, magic
from ._offers import offer_addresses, offer_callers, offer_words
from ._session import session

if TYPE_CHECKING:
    import argparse

    from IPython.core.interactiveshell import InteractiveShell

    from ..api import Operation, Parameter
    from ..simulation import Faults
    from ..views import Status
    from ._line import LineParser
    from ._offers import Offer

_DESCRIPTION = """\
Where calls go, and what they have in common.
  %twilio                        where calls go, the account, its numbers, the defaults
  %twilio live                   from now on calls are real: asks first
  %twilio simulator              from now on calls are simulated
  %twilio reset                  begin the simulated world anew, without calls, phones, faults and defaults
  %twilio set NAME VALUE         a default for every %call, such as: from +12125551234
  %twilio unset NAME             no default any more
  %twilio set card full          cards show their timeline at once; short folds it again
  %twilio set warmup on          load what first cells need from now on, while no cell runs; off ends it
  %twilio fault URL NAME=VALUE   let a web application fail in simulated calls; fault URL off, fault off
"""
_EXAMPLE = """\
examples:
  %twilio set from +12125551234
  %twilio simulator --profile trial
  %twilio live --profile work
"""

_SHOWN = 5  # numbers


def _add_options(parser: LineParser) -> None:
    from ..simulation import PROFILES

    parser.add_argument(
        "words", metavar="WHAT", nargs="*", help="live, simulator, reset, set, unset or fault"
    )
    parser.add_argument(
        "--profile",
        metavar="NAME",
        help=f"live: a profile of the twilio-cli; simulator: one of {', '.join(PROFILES)}",
    )
    parser.offers |= {"--profile": offer_words(PROFILES), "": _offers}


@magic(
    "%twilio",
    usage="%twilio [live | simulator | reset | set | unset | fault]",
    description=_DESCRIPTION,
    examples=_EXAMPLE,
    options=_add_options,
)
def settings_magic(used: Invocation) -> Status | Faults | None:
    """Change where calls go, the defaults or the faults; returns where calls go then, or the faults.

    What is loaded ahead is switched without a word, since to tell where calls go would load it at once.
    """
    command, *rest = used.options.words or ["status"]
    if command not in _COMMANDS:
        known = [name for name in _COMMANDS if name != "status"]
        hint = did_you_mean(nearest(command, known)) or f"There are {', '.join(known)}."
        raise MagicLineError(f"%twilio: {command!r} is not understood.", hint=hint)
    return _COMMANDS[command](rest, used.options, used.shell)


def _offers(words: Sequence[str], *_: object) -> Iterator[Offer]:
    """What may follow on the line."""
    match words:
        case []:
            yield from ((name, "command") for name in _COMMANDS if name != "status")
        case ["set"]:
            yield from ((_word_for(row), "parameter") for row in _parameters())
            yield "card", "how much a card shows"
            yield "warmup", "what is loaded ahead"
        case ["set", "card"]:
            yield from (("short", "folds the timeline"), ("full", "opens it"))
        case ["set", "warmup"]:
            yield from (("on", "loads what first cells need"), ("off", "loads nothing ahead"))
        case ["set", name]:
            yield from _values_of(name)
        case ["unset"]:
            rows = (row for row in _parameters() if row.name in session().defaults)
            yield from ((_word_for(row), "parameter") for row in rows)
        case ["fault"]:
            yield from offer_addresses()
            yield "off", "no faults any more"
        case ["fault", _, *given]:
            from ..simulation import FAULTS

            used = {word.partition("=")[0] for word in given}
            yield from ((f"{name}=", "fault") for name in (*FAULTS, "times") if name not in used)


def _values_of(name: str) -> Iterator[Offer]:
    """The values that a default called *name* may have, as far as they are known."""
    row = next((row for row in _parameters() if name in (_word_for(row), row.name)), None)
    if row is None:
        return
    if row.name == "From":
        yield from offer_callers()
    elif row.type == "url":
        yield from offer_addresses()
    yield from ((value, "value") for value in row.values)


def _word_for(row: Parameter) -> str:
    """The name of a parameter as it is typed behind ``set``."""
    return row.option.removeprefix("--")


def _parameters() -> Sequence[Parameter]:
    from ..api import operation

    return operation("calls.create").parameters


def _status(rest: list[str], *_: Any) -> Status:
    from ..views import Status

    _refuse_more(rest)
    client = session().client
    numbers, note = _numbers()
    account = f"AC…{client.account_sid[-4:]}"
    defaults, ahead = dict(session().defaults), _loaded_ahead()
    return Status(client.is_live, account, session().where, numbers, defaults, note, ahead)


def _loaded_ahead() -> str:
    """What the warm-up does, in words; nothing where it is off."""
    warm_up = session().warm_up
    if warm_up is None:
        return ""
    return "on, all is loaded" if warm_up.is_over else "on, loads while no cell runs"


def _numbers() -> tuple[tuple[str, ...], str]:
    """Return the first numbers of the account, and a note: that it is a trial account, or why there are none."""
    from ..api import error_code

    client = session().client
    try:
        found = client.incoming_phone_numbers.list(limit=_SHOWN)[:_SHOWN]
        kind = "A trial account: only verified numbers can be called." * client.account.is_trial
    except TwilioMagicError as error:
        closed = error_code("closed-to-test-credentials").code
        return (), "" if getattr(error, "code", None) == closed else f"Its numbers: {error}"
    return tuple(number.phone_number for number in found), kind


def _live(rest: list[str], options: argparse.Namespace, shell: InteractiveShell) -> Status:
    from . import _live

    _refuse_more(rest)
    _live.go_live(shell, options.profile)
    return _status([])


def _simulator(rest: list[str], options: argparse.Namespace, _: InteractiveShell) -> Status:
    from ..simulation import PROFILES

    _refuse_more(rest)
    now = session()
    if options.profile is not None:
        if options.profile not in PROFILES:
            hint = f"There are {', '.join(PROFILES)}."
            raise MagicLineError(f"There is no profile {options.profile!r}.", hint=hint)
        now.simulator.reset(profile=options.profile)
        now.placed.clear()
    now.leave_live()
    return _status([])


def _reset(rest: list[str], *_: Any) -> Status:
    _refuse_more(rest)
    session().reset()
    return _set_card(["short"])


def _set(rest: list[str], _: argparse.Namespace, shell: InteractiveShell) -> Status | None:
    if len(rest) == 1 and "=" in rest[0]:
        rest = rest[0].split("=", maxsplit=1)
    if rest[:1] == ["card"]:
        return _set_card(rest[1:])
    if rest[:1] == ["warmup"]:
        _set_warm_up(rest[1:], shell)
        return None
    if len(rest) != 2:
        hint = "%twilio set NAME VALUE, such as: %twilio set from +12125551234"
        raise MagicLineError("%twilio set takes a name and a value.", hint=hint)
    row, create = _parameter(rest[0])
    if not rest[1].strip():
        hint = f"Type it, or take the default away: %twilio unset {rest[0]}."
        raise MagicLineError(f"No {row.name} is given.", hint=hint)
    _refuse_bad_default(create, row, rest[1])
    session().defaults[row.name] = rest[1]
    return _status([])


def _set_card(values: list[str]) -> Status:
    """How much a card shows at once."""
    from ..views import CARDS, settings

    for card in CARDS:
        if values == [card]:
            settings.card = card
            return _status([])
    hint = "short folds the timeline where the conversation tells the same; full opens it."
    raise MagicLineError(f"%twilio set card takes one of {', '.join(CARDS)}.", hint=hint)


def _set_warm_up(values: list[str], shell: InteractiveShell) -> None:
    """Whether what first cells need is loaded ahead."""
    from ._warm_up import WarmUp

    if values not in (["on"], ["off"]):
        hint = "on loads what first cells need while no cell runs; off loads nothing ahead."
        raise MagicLineError("%twilio set warmup takes on or off.", hint=hint)
    session().end_warm_up()
    if values == ["on"]:
        warm_up = WarmUp(shell)
        try:
            warm_up.begin()
        except RuntimeError:
            hint = "Then each cell loads what it needs, as without a warm-up."
            raise MagicLineError("There are no threads here to load ahead.", hint=hint) from None
        session().warm_up = warm_up


def _unset(rest: list[str], _: argparse.Namespace, shell: InteractiveShell) -> Status | None:
    if rest == ["card"]:
        return _set_card(["short"])
    if rest == ["warmup"]:
        _set_warm_up(["off"], shell)
        return None
    if len(rest) != 1:
        raise MagicLineError("%twilio unset takes a name.", hint="Such as: %twilio unset from")
    session().defaults.pop(_parameter(rest[0])[0].name, None)
    return _status([])


def _fault(rest: list[str], *_: Any) -> Faults:
    from ._fault import change_faults

    return change_faults(rest)


def _parameter(name: str) -> tuple[Parameter, Operation]:
    from ..api import operation

    create = operation("calls.create")
    plain = name.removeprefix("--").replace("-", "_")
    known = {row.keyword.strip("_"): row for row in create.parameters}
    in_full = {row.name: row for row in create.parameters}
    if row := known.get(plain) or in_full.get(name):
        return row, create
    hint = did_you_mean(nearest(plain, known)) or f"Known: {', '.join(known)}."
    raise MagicLineError(f"%call has no parameter {name!r}.", hint=hint)


def _refuse_bad_default(create: Operation, row: Parameter, value: str) -> None:
    from ..api import find_invalid

    for fault in find_invalid(create, {row.name: [value]}):
        if fault.parameter == row.name and fault.reason != "missing":
            raise MagicLineError(fault.message, hint=fault.hint, code=fault.code)


def _refuse_more(rest: list[str]) -> None:
    if rest:
        raise MagicLineError(f"%twilio: {rest[0]!r} is one word too many.")


_COMMANDS: Mapping[str, Callable[..., Status | Faults | None]] = {
    "status": _status,
    "live": _live,
    "simulator": _simulator,
    "reset": _reset,
    "set": _set,
    "unset": _unset,
    "fault": _fault,
}
