"""Endpoints of the world itself: its phones, its time, and beginning anew."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from .. import __version__
from ..endpoints import phone_address
from ._calls import retry_after_reset, summaries
from ._numbers import ROUTES as NUMBER_ROUTES
from ._records import fault_records, mount_records, number_records
from ._refusal import Refused, full, naming
from ._route import Route, RouteField
from ._scripts import read_script

if TYPE_CHECKING:
    from ..simulation import Simulator

#: How many phones with a script a world may have for another one to be made here.
_MOST = 1000


def _health(simulator: Simulator, _: Mapping[str, Any]) -> Any:
    return {
        "status": "ok",
        "version": __version__,
        "account_sid": simulator.credentials.account_sid,
        "profile": simulator.profile,
        "network": simulator.network,
        **_time(simulator),
        "calls": simulator.call_count,
    }


def _time(simulator: Simulator) -> dict[str, Any]:
    """The simulated moment, and how many simulated seconds pass in a real one: null while time stands still."""
    return {
        "now": simulator.now,
        "date": simulator.date.isoformat(timespec="milliseconds"),
        "speed": simulator.pace,
    }


@retry_after_reset
def _state(simulator: Simulator, _: Mapping[str, Any]) -> Any:
    with simulator.hold():
        return {
            **_health(simulator, {}),
            "calls": summaries(simulator),
            "numbers": number_records(simulator),
            "phones": _scripts(simulator),
            "names": dict(simulator.phones.names),
            "mounts": mount_records(simulator),
            "faults": fault_records(simulator),
        }


def state_record(simulator: Simulator) -> dict[str, Any]:
    """The world of *simulator* at one moment, as ``GET /simulator/state`` tells of it."""
    record: dict[str, Any] = _state(simulator, {})
    return record


def _scripts(simulator: Simulator) -> dict[str, str]:
    return {address: str(player) for address, player in simulator.phones.items()}


def _list_phones(simulator: Simulator, _: Mapping[str, Any]) -> Any:
    with simulator.hold():
        failures = [str(error) for error in simulator.phones.failures]
        return {"phones": _scripts(simulator), "failures": failures}


def _set_phones(simulator: Simulator, given: Mapping[str, Any]) -> Any:
    return _use_scripts(simulator, {each: (each, text) for each, text in given["phones"].items()})


def _set_phone(simulator: Simulator, given: Mapping[str, Any], address: str) -> Any:
    return _use_scripts(simulator, {address: ("script", given["script"])})


def _use_scripts(simulator: Simulator, asked: Mapping[str, tuple[str, str]]) -> Any:
    """Give phones their scripts, all or none; with each text, the field that it came from."""
    read = {}
    for text, (field, source) in asked.items():
        with naming("address"):
            address = phone_address(text)
        if address in read:
            raise Refused(400, f"{address} is there twice, as {text!r} too.", field=text)
        with naming(field):
            read[address] = read_script(source)
    with simulator.hold():
        if len(simulator.phones.keys() | read.keys()) > _MOST:
            raise full(_MOST, "phones with a script")
        simulator.phones.update(read)
    return _list_phones(simulator, {})


def _forget_phone(simulator: Simulator, _: Mapping[str, Any], address: str) -> Any:
    with simulator.hold():
        if address not in simulator.phones:
            raise Refused(404, f"No phone {address} has a script.", field="address")
        del simulator.phones[address]
    return _list_phones(simulator, {})


def _list_mounts(simulator: Simulator, _: Mapping[str, Any]) -> Any:
    with simulator.hold():
        return {"mounts": mount_records(simulator)}


def _advance(simulator: Simulator, given: Mapping[str, Any]) -> Any:
    simulator.advance(given["seconds"])
    return _time(simulator)


def _run(simulator: Simulator, _: Mapping[str, Any]) -> Any:
    simulator.run()
    return _time(simulator)


def _reset(simulator: Simulator, _: Mapping[str, Any]) -> Any:
    simulator.reset()
    return _health(simulator, {})


_SCRIPTS = RouteField("phones", "scripts", "the body is an object of scripts, by address")

ROUTES = (
    Route("GET", "/health", "whether the world is there, its version and its time", _health),
    Route("GET", "/state", "what the page shows: time, calls, numbers, phones and their names, mounts, faults", _state),
    Route("GET", "/phones", "the scripts of phones, and which did not come true", _list_phones),
    Route("PUT", "/phones", "set scripts of phones, all or none", _set_phones, (_SCRIPTS,)),
    Route("PUT", "/phones/<path:address>", "set the script of one phone, or of a pattern (`+1310*`)", _set_phone,
          (RouteField("script", "text", "its steps, as `%phone` takes them", required=True),)),
    Route("DELETE", "/phones/<path:address>", "take its script away", _forget_phone),
    *NUMBER_ROUTES,
    Route("GET", "/mounts", "what answers in process", _list_mounts),
    Route("POST", "/advance", "let simulated time pass at once", _advance,
          (RouteField("seconds", "seconds", "how long, a week at most", required=True),)),
    Route("POST", "/run", "let time pass until every call is over", _run),
    Route("POST", "/reset", "begin anew, as the world was when it was served", _reset),
)  # fmt: skip
