"""Endpoints of the world itself: its phones and numbers, its time, and beginning anew."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from .. import __version__
from ..endpoints import endpoint, phone_address
from ..secret import mask_user_info
from ._calls import retry_after_reset, summaries
from ._records import SETTINGS, mount_records, number_record
from ._refusal import Refused, naming
from ._route import Route, RouteField

if TYPE_CHECKING:
    from ..simulation import Simulator

#: How many phones with a script, and how many numbers, a world may have for another one to be made here.
_MOST = 1000
#: Where the document of a number is, as a TwiML Bin is.
_BIN = "https://handler.twilio.com/twiml/EH{}"


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
            "numbers": _numbers(simulator),
            "phones": _scripts(simulator),
            "mounts": mount_records(simulator),
        }


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
    from ..simulation import script

    read = {}
    for text, (field, source) in asked.items():
        with naming("address"):
            address = phone_address(text)
        with naming(field):
            read[address] = script(source)
    with simulator.hold():
        if len(simulator.phones.keys() | read.keys()) > _MOST:
            raise _full("phones with a script")
        simulator.phones.update(read)
    return _list_phones(simulator, {})


def _forget_phone(simulator: Simulator, _: Mapping[str, Any], address: str) -> Any:
    with simulator.hold():
        if address not in simulator.phones:
            raise Refused(404, f"No phone {address} has a script.", field="address")
        del simulator.phones[address]
    return _list_phones(simulator, {})


def _numbers(simulator: Simulator) -> list[dict[str, Any]]:
    numbers = simulator.numbers.values()
    return [number_record(each.phone_number, each.settings) for each in numbers]


def _list_numbers(simulator: Simulator, _: Mapping[str, Any]) -> Any:
    with simulator.hold():
        return {"numbers": _numbers(simulator)}


def _set_number(simulator: Simulator, given: Mapping[str, Any], number: str) -> Any:
    with naming("number"):
        address = endpoint(number).address
    for name, value in given.items():
        _check_setting(name, value)
    with simulator.hold():
        if address not in simulator.numbers and len(simulator.numbers) >= _MOST:
            raise _full("numbers")
        owned = simulator.numbers[address]
        settings = dict(given)
        twiml = settings.pop("twiml", None)
        if twiml is not None:
            settings["voice_url"] = simulator.host(twiml, at=_BIN.format(owned.sid[2:]))
        for name, value in settings.items():
            setattr(owned, name, value)
        return number_record(owned.phone_number, owned.settings)


def _check_setting(name: str, value: str | None) -> None:
    """Raise :class:`Refused` for what is no address where one belongs, and no method."""
    if value is None:
        return
    if name.endswith("_method") and value not in ("GET", "POST"):
        raise Refused(400, f"{name} is {value[:100]!r}, and not GET or POST.", field=name)
    if (name.endswith("_url") or name == "status_callback") and not _is_web_address(value):
        hint = "Write it whole: https://ivr.example.com/menu."
        shown = mask_user_info(value)[:100]
        raise Refused(400, f"{name} is {shown!r}, and no web address.", field=name, hint=hint)


def _is_web_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def _forget_number(simulator: Simulator, _: Mapping[str, Any], number: str) -> Any:
    with simulator.hold():
        if number not in simulator.numbers:
            raise Refused(404, f"{number} is no number of the account.", field="number")
        del simulator.numbers[number]
        return {"numbers": _numbers(simulator)}


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


def _full(what: str) -> Refused:
    return Refused(
        409,
        f"This world is full: it has {_MOST:,} {what}.",
        hint="Delete some, or POST /simulator/reset begins anew.",
    )


_SCRIPTS = RouteField("phones", "scripts", "the body is an object of scripts, by address")
_TWIML = RouteField("twiml", "text", "a document that answers, instead of an address")
_SETTINGS = (*(RouteField(name, "setting", said) for name, said in SETTINGS.items()), _TWIML)

ROUTES = (
    Route("GET", "/health", "whether the world is there, its version and its time", _health),
    Route("GET", "/state", "what the page shows: time, calls, numbers, phones, mounts", _state),
    Route("GET", "/phones", "the scripts of phones, and which did not come true", _list_phones),
    Route("PUT", "/phones", "set scripts of phones, all or none", _set_phones, (_SCRIPTS,)),
    Route("PUT", "/phones/<path:address>", "set the script of one phone, or of a pattern (`+1310*`)", _set_phone,
          (RouteField("script", "text", "its steps, as `%phone` takes them", required=True),)),
    Route("DELETE", "/phones/<path:address>", "take its script away", _forget_phone),
    Route("GET", "/numbers", "the numbers of the account, and what answers there", _list_numbers),
    Route("PUT", "/numbers/<number>", "set what answers a number, or add one; null unsets", _set_number, _SETTINGS),
    Route("DELETE", "/numbers/<number>", "take the number away", _forget_number),
    Route("GET", "/mounts", "what answers in process", _list_mounts),
    Route("POST", "/advance", "let simulated time pass at once", _advance,
          (RouteField("seconds", "seconds", "how long, a week at most", required=True),)),
    Route("POST", "/run", "let time pass until every call is over", _run),
    Route("POST", "/reset", "begin anew, as the world was when it was served", _reset),
)  # fmt: skip
