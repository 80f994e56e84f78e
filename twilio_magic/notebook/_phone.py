"""``%phone`` and ``%%phone``: scripts of simulated phones, and incoming calls."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..errors import MagicLineError
from ._magic import Invocation, magic
from ._offers import offer_for_phone
from ._progress import keep_card_current
from ._session import simulator

if TYPE_CHECKING:
    from ..api import Call
    from ..simulation import Phones
    from ._line import LineParser

_DESCRIPTION = """\
Say what a phone of the simulator does when it is called, or let it call a number of the account. A client calls an
application, with custom parameters (room=blue); $token may stand for an access token. Steps of a script are
separated by ; or stand on lines of their own: ring 3, answer, busy, no answer, reject, fail, fax, machine "greeting",
hear "words" within 30, hear /regex/, not "words", silence 3, wait 2, press 1, say "words" confidence 0.9,
text "a message", hear text "words", hang up; repeat 3 and one of, with steps below them; Voice SDK clients also have
message '{"json": 1}' and hear message "words". docs/phones-and-dialogs.md has them all. Without anything behind it,
%phone lists the phones. %phone Ann = +13105550101 gives a phone a name, which %call and %phone take, and cards show.
"""
_EXAMPLE = """\
examples:
  %phone +13105555555: ring 3; answer; hear "press 1"; press 1; hang up
  %phone Ann = +13105550101: ring 3; answer
  %phone +14155550100 dials +12125551234
  %phone +14155550100 dials +12125551234: say "sales"; wait 5; hang up
  %phone client:joe dials $application_sid room=blue

  %%phone
  +13105555555: hear "press 1"; press 1
  +14155550100: busy
"""

_SCRIPT_FOLLOWS = re.compile(r":(?=\s|$)")  # client:alice and sip:bob@example.com hold colons, too
#: The name of a phone in front of its number, at the beginning of a line.
_NAMED = re.compile(
    r"^([^\s=:;\"'][^=:;\"'\n]*?)[ \t]*=[ \t]*(?=([+\w][^\s;\"']*):(?:\s|$))", re.MULTILINE
)
_USAGE_NAME = (
    "Write %phone NAME = NUMBER: SCRIPT, such as %phone Ann = +13105550101: ring 3; answer."
)
_USAGE = "Write %phone NUMBER: SCRIPT, or %phone NUMBER dials NUMBER: SCRIPT."


def _add_options(parser: LineParser) -> None:
    parser.add_argument(
        "words", metavar="NUMBER [dials NUMBER [NAME=VALUE ...]]", nargs="*", help="whose phone"
    )
    parser.add_argument(
        "--no-wait", action="store_true", help="return at once, with the call ringing"
    )
    parser.add_out("the call")
    parser.offers[""] = offer_for_phone


@magic(
    "%phone",
    usage="%phone NUMBER: SCRIPT",
    description=_DESCRIPTION,
    examples=_EXAMPLE,
    options=_add_options,
    end_of_options=_SCRIPT_FOLLOWS,
)
def phone_magic(used: Invocation) -> Call | Phones | None:
    """Give phones their scripts, let one call a number of the account, or list the phones."""
    cell = used.cell
    has_script = used.text is not None or cell
    script = "\n".join(each for each in (used.text, cell) if each is not None)
    words = used.options.words
    if words[1:2] == ["="]:
        name, _, *words = words
        if len(words) != 1:
            raise MagicLineError(f"%phone {used.line.strip()} names no phone.", hint=_USAGE_NAME)
        simulator().phones.name(words[0], name)
        if not has_script:
            return simulator().phones
    match words:
        case [] if cell is not None:
            return _set_scripts(cell)
        case [] if not has_script:
            return simulator().phones
        case [number] if has_script:
            from ..endpoints import phone_address

            phones = simulator().phones
            phones[phone_address(phones.address_of(number))] = script.strip()
            return phones
        case [caller, "dials", called, *pairs]:
            return _receive(used, caller, called, pairs, script if has_script else None)
    nothing = "says nothing to do" if used.options.words else "does not say whose phone"
    raise MagicLineError(f"%phone {used.line.strip()} {nothing}.", hint=_USAGE)


def _set_scripts(cell: str) -> Phones:
    """Give each phone of *cell* its script."""
    from ..simulation import list_scripts

    phones = simulator().phones
    named = _NAMED.findall(cell)
    phones.update(list_scripts(_NAMED.sub("", cell)))
    for name, address in named:
        phones.name(address, name)
    return phones


def _receive(
    used: Invocation, caller: str, called: str, pairs: list[str], script: str | None
) -> Call | None:
    """Let *caller* call *called*, a number or application of the account, with custom parameters in *pairs*."""
    caller = simulator().phones.address_of(caller)
    call = simulator().receive(caller, called, phone=script, parameters=_parameters(pairs))
    if not used.options.no_wait:
        call.wait()
    return used.show_or_keep_call(keep_card_current(call))


def _parameters(pairs: list[str]) -> dict[str, str]:
    """The custom parameters in *pairs*, each ``NAME=VALUE``."""
    parameters = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or not name:
            raise MagicLineError(
                f"{pair!r} is no custom parameter.",
                hint="Write NAME=VALUE behind the application: %phone client:joe dials AP… room=blue",
            )
        parameters[name] = value
    return parameters
