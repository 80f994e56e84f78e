"""Where a call enters a world in which everything has its address already, such as that of a file of functions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from ..errors import SimulatorError
from ..records import dataclass
from ..suggestions import did_you_mean, nearest
from .legs._called import number_settings

if TYPE_CHECKING:
    from ._simulator import Simulator

_WEB = ("http://", "https://")
_MOST = 5  # addresses that are named


@dataclass(frozen=True, slots=True)
class Entrance:
    """A call of *number* begins at the address *url*, which is requested with *method*."""

    number: str
    url: str
    method: str = "POST"


def find_entrance(
    simulator: Simulator, url: str | None = None, number: str | None = None
) -> Entrance:
    """Where a call enters the world of *simulator*: at *url*, an address or the path of one; else where *number* says.

    Without either, where the first number of the account says. Raises :class:`SimulatorError` if nothing answers.
    """
    told = [each for each in simulator.numbers if "VoiceUrl" in _settings(simulator, each)]
    called = number or next(iter([*told, *simulator.numbers]))
    settings = _settings(simulator, called)
    if url is None and number is None and not told:
        raise _nothing_answers(simulator, called)
    if url is None:
        url = number_settings(simulator._world.account, called)["VoiceUrl"]
    return Entrance(called, _address(simulator, url), settings.get("VoiceMethod") or "POST")


def find_mounted_address(simulator: Simulator, path: str) -> str | None:
    """The address with this *path*, with or without a query, at which something in *simulator* answers; or none.

    What is mounted there comes before what is mounted above.
    """
    bare, _, query = path.partition("?")
    addresses = [each.base_url for each in simulator.mounts]
    exact = (each for each in addresses if urlsplit(each).path == bare)
    above = (f"{host}{bare}" for host in dict.fromkeys(map(_host, addresses)))
    known = (each for each in above if simulator.mounts.find(each) is not None)
    found = next(exact, None) or next(known, None)
    return f"{found}?{query}" if found and query else found


def _host(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def _nothing_answers(simulator: Simulator, number: str) -> SimulatorError:
    write = f'simulator.numbers["{number}"].voice_url = "https://…"'
    return SimulatorError(
        "No number of this simulator says what answers a call.",
        hint=f"Write {write}, or name the address{_list_addresses(simulator)}: --url /PATH.",
    )


def _address(simulator: Simulator, url: str) -> str:
    if url.lower().startswith(_WEB):
        return url
    path = f"/{url.removeprefix('/')}"
    found = find_mounted_address(simulator, path)
    if found is None:
        paths = [urlsplit(each.base_url).path for each in simulator.mounts]
        meant = did_you_mean(nearest(path, paths))
        raise SimulatorError(
            f"Nothing is mounted at an address with the path {path}.",
            hint=meant or f"Name an address{_list_addresses(simulator)}.",
        )
    return found


def _list_addresses(simulator: Simulator) -> str:
    """Some addresses at which something answers, as the end of a sentence; empty if there is none."""
    addresses = [each.base_url for each in simulator.mounts][:_MOST]
    return f", such as {', '.join(addresses)}" if addresses else ""


def _settings(simulator: Simulator, number: str) -> Mapping[str, str]:
    """The settings that answer at *number*, those of its application or its own; none if nobody has it."""
    account = simulator._world.account
    owned = account.numbers.get(number)
    if owned is None:
        return {}
    application = account.voice_settings(owned.voice_application_sid or "")
    return owned.settings if application is None else application
