"""A ``curl`` script in a cell: reads the parameters of its call."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..display import visible_line
from ..errors import MagicLineError
from ..secret import MASK
from ._session import session

if TYPE_CHECKING:
    from collections.abc import Mapping


def parameters_of_script(script: str) -> dict[str, Any]:
    """Return the parameters of the call that *script* places; raises :class:`MagicLineError` if it places none."""
    from ..api import as_parameters, mask_script, parse_curl

    if mask_script(script) != script:
        raise MagicLineError(
            "The script holds what looks like a secret, which is not used.",
            hint=f"Write {MASK} in its place. TWILIO_AUTH_TOKEN in the environment is where it belongs.",
        )
    command = parse_curl(script)
    path = command.url.partition("?")[0]
    if command.method != "POST" or not path.endswith(("/Calls.json", "/Calls")):
        raise MagicLineError(
            f"The script does not place a call: {command.method} {path}.",
            hint="%%call takes a POST to …/2010-04-01/Accounts/AC…/Calls.json.",
        )
    _refuse_other_account(command.account_sid)
    for note in command.notes:
        print(visible_line(f"! {note}"))  # noqa: T201 - advice for the person who pasted the script
    given: Mapping[str, Any] = as_parameters(command.form)
    return dict(given)


def _refuse_other_account(sid: str) -> None:
    """Raise if calls are live and *sid* is another account than the one that the person agreed to."""
    client = session().client
    is_real = len(sid) == 34 and "X" not in sid.upper()
    if client.is_live and is_real and sid != client.account_sid:
        raise MagicLineError(
            f"The script is for the account AC…{sid[-4:]}, and calls go to AC…{client.account_sid[-4:]}.",
            hint="Change the sid in the script, or go live with that account.",
        )
