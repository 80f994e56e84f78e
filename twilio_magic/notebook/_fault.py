"""``%twilio fault``: the faults of web applications in simulated calls."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ..errors import MagicLineError
from ._session import session

if TYPE_CHECKING:
    from ..simulation import Faults

_SUCH_AS = "Such as: %twilio fault https://ivr.example.com/menu status=500 times=2"


def change_faults(words: Sequence[str]) -> Faults:
    """Add or remove the faults that *words* name; returns the faults that there are then.

    ``URL status=500 times=2`` adds one, ``URL off`` removes it, ``off`` removes all, and no words change nothing.
    """
    faults = session().simulator.faults
    match words:
        case []:
            pass
        case ["off"]:
            faults.clear()
        case [url, "off"]:
            _remove(faults, url)
        case [word, *_] if "=" in word and "://" not in word:
            raise MagicLineError(
                f"%twilio fault: {word!r} stands where the address goes.", hint=_SUCH_AS
            )
        case [url, *pairs]:
            _add(faults, url, dict(_pair(word) for word in pairs))
    return faults


def _remove(faults: Faults, url: str) -> None:
    try:
        faults.remove(url)
    except KeyError:
        raise MagicLineError(
            f"Nothing is wrong with {url}.", hint="%twilio fault lists what is."
        ) from None


def _add(faults: Faults, url: str, given: dict[str, Any]) -> None:
    times = given.pop("times", None)
    if times is not None and not times.isdecimal():
        raise MagicLineError(f"A fault cannot happen {times!r} times.", hint="Give a number.")
    faults.add(url, times=None if times is None else int(times), **given)


def _pair(word: str) -> tuple[str, str]:
    name, equals, value = word.partition("=")
    if not equals:
        raise MagicLineError(
            f"%twilio fault: {word!r} is no NAME=VALUE.",
            hint=_SUCH_AS,
        )
    return name, value
