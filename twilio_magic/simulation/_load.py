"""Reads a world that was saved. A file may come from anybody: it is checked, and nothing in it is run or requested."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from ..display import visible_line
from ..errors import SimulatorError, TwilioMagicError
from ..regular_file import EndlessFileError, NoDocumentError, read_file
from ..scripts import script
from ._save import FORMAT, VERSION
from ._saved import Saved
from ._saved_leg import load_leg
from ._simulator import Simulator
from .world._account import PROFILES, Application

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .legs._leg import Leg

#: A step of a script that reads a file of this machine.
_READS_FILES = "say file"


def load(path: str | Path) -> Simulator:
    """A simulator with what :meth:`Simulator.save` wrote to a file: its calls, documents, numbers and phones.

    The calls are there to be read: timeline, transcript, requests, sessions, ladder. New calls can be placed. Web
    applications are not in the file: mount yours where the old one was. Nothing is requested over the network, unless
    ``simulator.network = True`` allows it.

    The file may come from anybody: it is checked before anything is made of it, and nothing in it is run. Raises
    :class:`SimulatorError` for what is no such file, with the place in it.
    """
    saved = Saved(_read(Path(path)), "the file")
    if saved.data.get("format") != FORMAT:
        raise SimulatorError(
            visible_line(f"{path} is no saved world."), hint="simulator.save(path) writes one."
        )
    if saved.data.get("version") != VERSION:
        raise SimulatorError(
            visible_line(f"{path} was saved by another version: {saved.data.get('version')!r}."),
            hint=f"This one reads version {VERSION}.",
        )
    try:
        return _make(saved)
    except SimulatorError:
        raise
    except TwilioMagicError as error:
        raise SimulatorError(f"The file cannot be loaded: {error}", hint=error.hint) from None


def _read(path: Path) -> Any:
    try:
        content = read_file(path)
        return json.loads(content.decode("utf-8"), parse_constant=_refuse_constant)
    except EndlessFileError:
        raise SimulatorError(visible_line(f"{path} is no file.")) from None
    except NoDocumentError:
        raise SimulatorError(visible_line(f"{path} is too large for a saved world.")) from None
    except OSError as error:
        reason = error.strerror or "it cannot be read"
        raise SimulatorError(visible_line(f"{path} cannot be read: {reason}.")) from None
    except (ValueError, RecursionError) as error:
        said = "it is too deep" if isinstance(error, RecursionError) else str(error)
        raise SimulatorError(
            visible_line(f"{path} is no JSON: {said[:200]}."),
            hint="simulator.save(path) writes it.",
        ) from None


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")


def _make(saved: Saved) -> Simulator:
    simulator = Simulator(
        saved.whole("seed", most=2**63), profile=saved.one_of("profile", PROFILES), network=False
    )
    seconds = saved.seconds("seconds")
    world = simulator._world = simulator._make_world(seconds)
    simulator._set_agent_settings()
    world.clock.beginning = _date(saved)
    account = world.account
    for address, settings in saved.each_mapping("numbers"):
        account.numbers[address].settings = settings.texts()
    for address in saved.each_text("caller_ids"):
        account.caller_ids[address]
    for sid, settings in saved.each_mapping("applications"):
        account.add(Application(sid, 0.0, 0.0, settings.texts()))
    for name, settings in saved.each_mapping("sip_domains"):
        account.sip_domains[name].settings = settings.texts()
    for address, text in saved.mapping("phones").texts().items():
        simulator.phones[address] = _check_script(address, text)
    for url, text in saved.mapping("documents").texts().items():
        simulator.host(text, at=url)
    for fault in saved.each_record("faults"):
        effects = {name: each for name, each in fault.data.items() if name not in ("url", "times")}
        simulator.faults.add(fault.text("url"), times=fault.data.get("times"), **effects)
    _load_calls(saved, simulator)
    return simulator


def _date(saved: Saved) -> datetime:
    try:
        moment = datetime.fromisoformat(saved.text("date"))
    except ValueError:
        saved.refuse("date", "a date")
    if moment.tzinfo is None or not 1800 <= moment.year <= 2999:
        saved.refuse("date", "a date with its time zone, from 1800 to 2999")
    return moment


def _check_script(address: str, text: str) -> str:
    if any(step.action == _READS_FILES for step in script(text).steps):
        raise SimulatorError(
            visible_line(f"The phone {address} would read a file of this machine: {text}."),
            hint="Take “say file” out of the saved world.",
        )
    return text


def _load_calls(saved: Saved, simulator: Simulator) -> None:
    world = simulator._world
    legs: dict[str, Leg] = {}
    for each in saved.each_record("calls"):
        leg = load_leg(each, world, legs)
        legs[leg.sid] = world.account.add(leg)
    counts: Mapping[str, int] = {
        prefix: saved.mapping("sids").whole(prefix, most=10**9)
        for prefix in saved.mapping("sids").data
    }
    world.identities.restore(counts)
    world.journal.happened = max(
        (number for leg in legs.values() for number in leg.order), default=0
    )
