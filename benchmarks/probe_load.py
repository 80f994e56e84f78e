"""Run in a fresh interpreter by ``measure_load``: what a person waits for, step by step, printed as JSON.

The argument says what is done first: ``call``, ``twiml`` or ``form``. With ``warm`` behind it, after the warm-up.
"""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Callable
from time import process_time

begin = process_time()
from IPython.core.interactiveshell import InteractiveShell  # noqa: E402 - the import is measured
from traitlets.config import Config  # noqa: E402

CONFIG = Config(HistoryManager={"enabled": False})  # nothing here goes to a person's history
CALL = "+13105555555 --from +12125551234 --url https://demo.twilio.com/welcome/voice/"
CELL = "<Response>\n  <Say>Hello {}!</Say>\n  <Hangup/>\n</Response>\n"


def main(first: str, *warm: str) -> None:
    shell = InteractiveShell.instance(config=CONFIG)
    told = {"shell": process_time() - begin}
    bare = set(sys.modules)
    told["load"] = _timed(lambda: shell.run_line_magic("load_ext", "twilio_magic"))
    loaded = sorted(set(sys.modules) - bare)
    if warm:
        _warm_up(shell)
    for turn in ("first", "second"):
        told[turn] = _timed(lambda: _STEPS[first](shell, turn))  # noqa: B023 - called at once
    print("\n" + json.dumps(told | {"loaded": loaded}))


def _warm_up(shell: InteractiveShell) -> None:
    """Switch the warm-up on, and wait until it is over."""
    shell.run_cell("%twilio set warmup on").raise_error()
    for thread in threading.enumerate():
        if thread.name == "twilio-magic warm-up":
            thread.join()


def _call(shell: InteractiveShell, _: str) -> None:
    shell.run_line_magic("call", CALL)


def _write(shell: InteractiveShell, turn: str) -> None:
    found = shell.run_cell_magic("twiml", "", CELL.format(turn))
    assert shell.display_formatter is not None  # noqa: S101 - there is one in every shell
    shell.display_formatter.format(found)


def _open_form(shell: InteractiveShell, _: str) -> None:
    shell.run_cell("import twilio_magic as tm; form = tm.call_form()").raise_error()


_STEPS: dict[str, Callable[[InteractiveShell, str], None]] = {
    "call": _call,
    "twiml": _write,
    "form": _open_form,
}


def _timed(act: Callable[[], object]) -> float:
    started = process_time()
    act()
    return process_time() - started


main(*sys.argv[1:])
