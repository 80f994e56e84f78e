"""``%phone`` and ``%%phone``: what phones of the simulator do, and calls that come in."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from ..errors import MagicLineError
from ._line import LineParser, check_variable_name
from ._progress import keep_card_current
from ._session import simulator

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping

    from IPython.core.interactiveshell import InteractiveShell

    from ..api import Call
    from ..simulation import Phones, Simulator

_DESCRIPTION = """\
Say what a phone of the simulator does when it is called, or let it call a number of the account. Steps of a script are
separated by ; or stand on lines of their own: ring 3, answer, busy, no answer, reject, fail, fax, machine "greeting",
hear "words", wait 2, press 1, say "words" confidence 0.9, hang up. Without anything behind it, %phone lists the phones.
"""
_EXAMPLE = """\
examples:
  %phone +13105555555: ring 3; answer; hear "press 1"; press 1; hang up
  %phone +14155550100 dials +12125551234
  %phone +14155550100 dials +12125551234: say "sales"; wait 5; hang up

  %%phone
  +13105555555: hear "press 1"; press 1
  +14155550100: busy
"""
HELP = f"%phone NUMBER: SCRIPT\n\n{_DESCRIPTION}\n{_EXAMPLE}\n%phone --help lists the options."

_SCRIPT_FOLLOWS = re.compile(r":(?=\s|$)")  # client:alice and sip:bob@example.com hold colons, too
_PHONE = re.compile(r"(?P<number>[+*?\w][^\s;\"']*):(?:\s+(?P<script>.*)|$)")
_USAGE = "Write %phone NUMBER: SCRIPT, or %phone NUMBER dials NUMBER: SCRIPT."


@cache
def parser() -> LineParser:
    """What may stand before the script."""
    made = LineParser("%phone", description=_DESCRIPTION, epilog=_EXAMPLE)
    made.add_argument("words", metavar="NUMBER [dials NUMBER]", nargs="*", help="whose phone")
    made.add_argument(
        "--no-wait", action="store_true", help="return at once, with the call ringing"
    )
    made.add_argument("--out", metavar="NAME", help="keep the call in a variable and show nothing")
    return made


def run(line: str, cell: str | None, names: Mapping[str, Any], shell: InteractiveShell) -> Any:
    """The call that comes in, run to its end; nothing for a script; the phones for an empty line."""
    head, *behind = _SCRIPT_FOLLOWS.split(line, maxsplit=1)
    options = parser().read(head, names)
    if options.help:
        print(parser().format_help())  # noqa: T201 - help is text for the person at the keyboard
        return None
    if options.out is not None:
        check_variable_name(options.out)
    script = "\n".join([*behind, *([] if cell is None else [cell])]) if behind or cell else None
    match options.words:
        case [] if cell is not None:
            return _set_scripts(cell)
        case []:
            return simulator().phones
        case [number] if script is not None:
            simulator().phones[phone_address(number)] = script.strip()
            return None
        case [caller, "dials", called]:
            return _receive(simulator(), (caller, called, script), options, shell)
    raise MagicLineError(f"%phone {line.strip()} says nothing to do.", hint=_USAGE)


def _set_scripts(cell: str) -> Phones:
    """Give each phone of *cell* its script: a line begins with a number, those below it that do not belong to it."""
    scripts: dict[str, list[str]] = {}
    for line in cell.splitlines():
        match = _PHONE.match(line)
        if match:
            scripts[phone_address(match["number"])] = [match["script"]]
        elif scripts:
            scripts[next(reversed(scripts))].append(line)
        elif line.strip():
            raise MagicLineError(f"{line.strip()!r} is not a number and its script.", hint=_USAGE)
    for number, lines in scripts.items():
        simulator().phones[number] = "\n".join(lines).strip()
    return simulator().phones


def _receive(
    world: Simulator,
    given: tuple[str, str, str | None],
    options: argparse.Namespace,
    shell: InteractiveShell,
) -> Call | None:
    caller, called, script = given
    call = world.receive(caller, called, phone=script)
    if not options.no_wait:
        call.wait()
    if options.out:
        shell.user_ns[options.out] = call
        return None
    return keep_card_current(call)


def phone_address(number: str) -> str:
    """*number* as phones are known, which may be a pattern."""
    from ..endpoints import endpoint

    return number if "*" in number or "?" in number else endpoint(number).address
