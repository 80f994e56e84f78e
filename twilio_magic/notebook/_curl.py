"""A ``curl`` script in a cell: reads its parameters, and masks the auth token in it."""

from __future__ import annotations

import linecache
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

from ..errors import MagicLineError
from ..secret import MASK
from ._session import session

if TYPE_CHECKING:
    from collections.abc import Mapping

    from IPython.core.interactiveshell import InteractiveShell

_WARNING = """\
! The script held an auth token. It was masked in this cell and in the history, and it was not used. Keep tokens out of
  notebooks: set TWILIO_AUTH_TOKEN in the environment. If the notebook was saved or shared with the token in it, change
  the token in the Console.
"""


def mask_token(cell: str, shell: InteractiveShell) -> str:
    """Return *cell* with its token masked, and mask it in the source of the cell and in the history too."""
    from ..api import find_token

    token = find_token(cell)
    if token is None:
        return cell
    clear = token.reveal()
    mask_in_history(shell, clear)
    print(_WARNING)  # noqa: T201 - a warning must be seen even if the call fails
    return cell.replace(clear, MASK)


def parameters_of_script(script: str) -> dict[str, Any]:
    """Return the parameters of the call that *script* places; raises :class:`MagicLineError` if it places none."""
    from ..api import as_parameters, parse_curl

    command = parse_curl(script)
    path = command.url.partition("?")[0]
    if command.method != "POST" or not path.endswith(("/Calls.json", "/Calls")):
        raise MagicLineError(
            f"The script does not place a call: {command.method} {path}.",
            hint="%%call takes a POST to …/2010-04-01/Accounts/AC…/Calls.json.",
        )
    _refuse_other_account(command.account_sid)
    for note in command.notes:
        print(f"! {note}")  # noqa: T201 - advice for the person who pasted the script
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


def mask_in_history(shell: InteractiveShell, clear: str) -> None:
    """Mask *clear* wherever IPython keeps the running cell: memory, history file, tracebacks, and the cell."""

    def without(text: Any) -> Any:
        return text.replace(clear, MASK) if isinstance(text, str) else text

    history: Any = shell.history_manager
    for kept in (history.input_hist_raw, history.input_hist_parsed):
        kept[:] = [without(text) for text in kept]
    for name in ("_i00", "_i", "_ii", "_iii"):
        setattr(history, name, without(getattr(history, name, "")))
    for name, value in list(shell.user_ns.items()):
        if name.startswith("_i") and isinstance(value, str):
            shell.user_ns[name] = without(value)
    for entry in linecache.cache.values():
        if len(entry) == 4:
            entry[2][:] = [without(line) for line in entry[2]]
    _mask_history_file(history, without)
    if getattr(shell, "kernel", None) is not None and history.input_hist_raw:
        shell.set_next_input(history.input_hist_raw[-1], replace=True)


def _mask_history_file(history: Any, without: Any) -> None:
    """Mask in the file of the history, if the history is stored."""
    pending = [tuple(without(part) for part in row) for row in history.db_input_cache]
    history.db_input_cache[:] = pending
    if not getattr(history, "enabled", False):
        return
    try:
        history.writeout_cache()
        with closing(sqlite3.connect(history.hist_file, timeout=5)) as stored, stored:
            rows = stored.execute(
                "SELECT line, source, source_raw FROM history WHERE session = ?",
                (history.session_number,),
            ).fetchall()
            for line, *texts in rows:
                stored.execute(
                    "UPDATE history SET source = ?, source_raw = ? WHERE session = ? AND line = ?",
                    (*(without(text) for text in texts), history.session_number, line),
                )
    except sqlite3.Error as error:
        print(f"! IPython's history file could not be changed: {error}")  # noqa: T201 - the secret is still there
