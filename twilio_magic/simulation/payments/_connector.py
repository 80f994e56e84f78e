"""What a payment connector answers. No money moves: tokens and confirmations are recognizably not real."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...twiml import vocabulary
from ._payment import CARD_NUMBER, REFUSED_CARD

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..world._world import World


def connector_answer(world: World, entered: Mapping[str, str], *, charges: bool) -> dict[str, str]:
    """The parameters of its answer to what was *entered*: a confirmation if it *charges*, else a token for later."""
    if entered.get(CARD_NUMBER.name) == REFUSED_CARD:
        code = vocabulary().elements["Pay"].codes["refused"]
        error = "The gateway refused the card."
        return {
            "Result": "payment-connector-error",
            "PaymentError": error,
            "PayErrorCode": str(code),
        }
    name = "PaymentConfirmationCode" if charges else "PaymentToken"
    return {"Result": "success", name: f"simulated-{world.identities.token('payment')}"}
