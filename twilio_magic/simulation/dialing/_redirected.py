"""What is requested before other instructions take over a call that is in a <Dial>.

Source: Twilio's TwiML changelog, 2021-05-13. That the answer is dropped is guessed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..legs._callbacks import report

if TYPE_CHECKING:
    from ..clock._clock import Process
    from ..legs._connection import Connection
    from ..legs._verb import Verb
    from ..webhooks._target import WebhookTarget


def request_before_redirect(dial: Verb, connection: Connection) -> Process[None]:
    """Request the action of *dial* or, without one, the Redirect that follows it; the others have hung up by then."""
    yield dial.leg.clock.seconds(0)
    if dial["action"]:
        source = dial.callback(dial["action"], dial["method"], "action")
        target = source and source.with_parameters(connection.result)
    else:
        target = _next_redirect(dial)
    if target is not None:
        added = target.parameters
        report(dial.leg, target.purpose, target.url, target.method, added, bare=False)
    dial.leg.process.raise_pending()


def _next_redirect(dial: Verb) -> WebhookTarget | None:
    """Where the verb behind *dial* leads, if it is a Redirect."""
    verbs = list(dial.page.document.verbs)
    behind = verbs[verbs.index(dial.element) + 1 :] if dial.element in verbs else []
    if not behind or behind[0].name != "Redirect":
        return None
    return dial.page.follow(behind[0].text, str(behind[0]["method"]), "redirect", {})
