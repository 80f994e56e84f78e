"""Endpoints of the account's numbers: what answers them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ..api import Client, find_invalid, operation
from ..endpoints import number_address
from ..errors import ApiError, Rejected
from ..secret import mask_user_info
from ._records import SETTINGS, number_record, number_records
from ._refusal import Refused, full, naming
from ._route import Route, RouteField

if TYPE_CHECKING:
    from ..simulation import Simulator

#: How many numbers a world may have for another one to be made here.
_MOST = 1000
#: Where the document of a number is, as a TwiML Bin is.
_BIN = "https://handler.twilio.com/twiml/EH{}"
#: Characters that are shown of what was wrong.
_SHOWN = 200


def _list(simulator: Simulator, _: Mapping[str, Any]) -> Any:
    with simulator.hold():
        return {"numbers": number_records(simulator)}


def _set(simulator: Simulator, given: Mapping[str, Any], number: str) -> Any:
    address = _read_number(number)
    _check(simulator, given)
    warnings = _check_document(given["twiml"]) if "twiml" in given else []
    with simulator.hold():
        if address not in simulator.numbers and len(simulator.numbers) >= _MOST:
            raise full(_MOST, "numbers")
        owned = simulator.numbers[address]
        settings = dict(given)
        twiml = settings.pop("twiml", None)
        if twiml is not None:
            settings["voice_url"] = simulator.host(twiml, at=_BIN.format(owned.sid[2:]))
        for name, value in settings.items():
            setattr(owned, name, value)
        record = number_record(owned.phone_number, owned.settings)
        return {**record, "warnings": warnings} if warnings else record


def _forget(simulator: Simulator, _: Mapping[str, Any], number: str) -> Any:
    address = _read_number(number)
    with simulator.hold():
        if address not in simulator.numbers:
            raise Refused(404, f"{address} is no number of the account.", field="number")
        del simulator.numbers[address]
        return {"numbers": number_records(simulator)}


def _read_number(text: str) -> str:
    with naming("number"):
        return number_address(text)


def _check(simulator: Simulator, given: Mapping[str, Any]) -> None:
    """Raise :class:`Refused` for what Twilio would not take as the settings of a number."""
    if given.keys() >= {"twiml", "voice_url"}:
        hint = "Leave one of them out."
        raise Refused(400, "twiml and voice_url cannot both be given.", field="twiml", hint=hint)
    rows = operation("numbers.update")
    names = {rows.parameter(name).name: name for name in SETTINGS}
    form = {row: [given[name]] for row, name in names.items() if given.get(name) is not None}
    for wrong in find_invalid(rows, form):
        name = names[wrong.parameter]
        said = mask_user_info(wrong.message.replace(wrong.parameter, name, 1))[:_SHOWN]
        raise Refused(400, said, field=name, hint=wrong.hint)
    if application := given.get("voice_application_sid"):
        _check_application(simulator, application)


def _check_document(twiml: str) -> list[str]:
    """What Twilio would warn of in a document; raises :class:`Refused` for one that cannot run."""
    from ..twiml import check

    with naming("twiml"):
        problems = check(twiml)
        if any(problem.level == "error" for problem in problems):
            raise Rejected(problems)
    return [str(problem) for problem in problems if problem.level == "warning"]


def _check_application(simulator: Simulator, sid: str) -> None:
    try:
        Client(simulator=simulator).applications.fetch(sid)
    except ApiError:
        said, hint = (
            f"There is no application {sid}.",
            "Make it with the API: POST Applications.json.",
        )
        raise Refused(400, said, field="voice_application_sid", hint=hint) from None


_TWIML = RouteField("twiml", "text", "a document that answers, instead of an address")
_SETTINGS = (*(RouteField(name, "setting", said) for name, said in SETTINGS.items()), _TWIML)

ROUTES = (
    Route("GET", "/numbers", "the numbers of the account, and what answers there", _list),
    Route("PUT", "/numbers/<number>", "set what answers a number, or add one; null unsets", _set, _SETTINGS),
    Route("DELETE", "/numbers/<number>", "take the number away", _forget),
)  # fmt: skip
