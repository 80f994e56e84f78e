"""What Tab offers on a magic's line: numbers, names and addresses that there are in this notebook at the moment.

Each function takes the words that stand before the cursor, or behind the option that is completed, and the variables of
the notebook. It gives what may stand there, each with a word that says what it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from ._session import session, simulator

#: A word that is offered, and what it is.
Offer = tuple[str, str]
#: What may stand at a place of a line.
Offers = Callable[[Sequence[str], Mapping[str, Any]], Iterator[Offer]]

_NUMBER_OFF = ("off", "nothing answers any more")


def offer_words(values: Iterable[str], kind: str = "value") -> Offers:
    """Offers *values* until one is given."""
    return lambda words, *_: iter(()) if words else ((value, kind) for value in values)


def offer_instances(kind: str) -> Offers:
    """Offers the variables that hold an object of the class called *kind*."""
    return lambda _, names: _resources(kind, names)


def offer_callers(*_: object) -> Iterator[Offer]:
    """Who may call: the numbers of the account, then those that are verified."""
    if session().client.is_live:
        return  # nothing is requested for Tab
    yield from offer_own_numbers()
    yield from ((number, "verified caller ID") for number in simulator().caller_ids)


def offer_own_numbers(*_: object) -> Iterator[Offer]:
    """The numbers of the account, by their names where they have one."""
    for number, owned in simulator().numbers.items():
        yield number, owned.friendly_name or "number of the account"


def offer_phones(*_: object) -> Iterator[Offer]:
    """Who may be called: phones with a script, then verified numbers, then numbers of the account."""
    if session().client.is_live:
        return
    known = simulator()
    offered = {address: "phone" for address in known.phones if not set("*?[") & set(address)}
    offered |= {number: "verified number" for number in known.caller_ids if number not in offered}
    offered |= {number: kind for number, kind in offer_own_numbers() if number not in offered}
    yield from offered.items()


def offer_callee(words: Sequence[str], *_: object) -> Iterator[Offer]:
    """Who is called by ``%call``: one phone, by its name or its number."""
    return iter(()) if words else _named_phones()


def offer_for_phone(words: Sequence[str], names: Mapping[str, Any]) -> Iterator[Offer]:
    """What may follow on a line of ``%phone``: a phone, ``dials``, and whom it calls."""
    if not words:
        yield from _named_phones()
    elif len(words) == 1:
        yield "dials", "calls a number of the account"
    elif len(words) == 2:
        yield from offer_own_numbers()
        yield from _resources("Application", names)


def offer_for_number(words: Sequence[str], names: Mapping[str, Any]) -> Iterator[Offer]:
    """What may follow on a line of ``%number``: a number of the account, and what answers."""
    if not words:
        yield from offer_own_numbers()
    elif len(words) == 1:
        yield from offer_answering(names)
        yield from _resources("Application", names)
        yield from offer_addresses()
        yield _NUMBER_OFF


def offer_for_mount(words: Sequence[str], names: Mapping[str, Any]) -> Iterator[Offer]:
    """What may follow on a line of ``%mount``: an address, and what answers."""
    if not words:
        yield from offer_addresses()
    elif len(words) == 1:
        yield from offer_answering(names)
        yield _NUMBER_OFF


def offer_targets(words: Sequence[str], names: Mapping[str, Any]) -> Iterator[Offer]:
    """What ``%explore`` may explore."""
    return iter(()) if words else offer_answering(names)


def offer_running_calls(words: Sequence[str], names: Mapping[str, Any]) -> Iterator[Offer]:
    """The calls that are not over: by the variables that hold them, then by their sids."""
    if words:
        return
    running = {
        call.sid: call for call in session().placed if not call.is_live and not call.fetch().is_over
    }
    for name, value in names.items():
        if getattr(value, "sid", None) in running and not name.startswith("_"):
            yield name, f"{running[value.sid].status} call"
    yield from ((sid, f"{call.status} call to {call.to}") for sid, call in running.items())


def offer_addresses(*_: object) -> Iterator[Offer]:
    """The addresses at which something answers in this notebook."""
    yield from ((mount.base_url, mount.find().shown) for mount in simulator().mounts)


def offer_answering(names: Mapping[str, Any]) -> Iterator[Offer]:
    """The variables that hold what can answer: documents, web applications, functions of this notebook."""
    from ..simulation import has_routes
    from ..twiml import Document

    for name, value in names.items():
        if name.startswith("_"):
            continue
        if isinstance(value, Document):
            yield name, "document"
        elif has_routes(value):
            yield name, "web application"
        elif getattr(value, "__module__", "") == "__main__" and hasattr(value, "__code__"):
            yield name, "function"


def offer_elements(words: Sequence[str], *_: object) -> Iterator[Offer]:
    """What ``--describe`` describes: an element, and one of its attributes."""
    from ..twiml import vocabulary

    known = vocabulary().elements
    if not words:
        yield from ((name, "element") for name in known)
    elif len(words) == 1 and words[0] in known:
        yield from ((name, "attribute") for name in known[words[0]].attributes)


def _named_phones() -> Iterator[Offer]:
    """The names of phones that are one word, and then their numbers."""
    if not session().client.is_live:
        for address, name in simulator().phones.names.items():
            if name.isidentifier():
                yield name, f"phone {address}"
    yield from offer_phones()


def _resources(kind: str, names: Mapping[str, Any]) -> Iterator[Offer]:
    """The variables that hold an object of the class called *kind*."""
    for name, value in names.items():
        if type(value).__name__ == kind and not name.startswith("_"):
            yield name, kind
