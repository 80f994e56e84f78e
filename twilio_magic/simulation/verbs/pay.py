"""Pay: takes card or bank details by key, and pays. Source: Twilio's page "TwiML Voice: Pay".

No money moves and nobody is asked: every entry that is well-formed is accepted, and tokens are recognizably not real.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..legs._process import CallEnded
from ..legs._verb import Verb, performs
from ..payments._collector import PaymentCollector, PaymentFailed
from ..payments._connector import connector_answer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..clock._clock import Process
    from ..legs._page import Destination


@performs("Prompt")
def prompt(_: Verb) -> Process[None]:
    """Outside a Pay it says nothing: Pay speaks what its prompts hold."""
    yield from ()  # it takes no time


@performs("Pay")
def pay(verb: Verb) -> Process[Destination | None]:
    """Collect the details and tell *action* the Result, whatever it is."""
    collector = PaymentCollector(verb)
    try:
        yield from collector.collect()
        result = connector_answer(
            verb.leg.world, collector.entered, charges=bool(verb["chargeAmount"])
        )
        if verb["paymentMethod"] == "ach-debit":
            collector.told["BankAccountType"] = verb["bankAccountType"]
    except PaymentFailed as reason:
        result = {"Result": str(reason)}
    except CallEnded as ended:
        if ended.by == verb.leg.far_end:
            _ask_without_waiting(verb, collector.told | {"Result": "caller-hung-up"})
        raise
    verb.record_event("gathered", f"payment: {result['Result']}", result=result["Result"])
    told = collector.told | result
    return (yield from verb.leads_to(verb["action"] or "", "action", told, method="POST"))


def _ask_without_waiting(verb: Verb, told: Mapping[str, str]) -> None:
    """Request *action* although the call is over: nobody hears what it answers."""
    source = verb.page.follow(verb["action"] or "", "POST", "action", told)
    if source is not None and source.url:
        verb.leg.recorder.request_afterwards(source)
