"""Run in a fresh interpreter by ``measure_load``: what a person waits for, step by step, printed as JSON."""

from __future__ import annotations

import json
import sys
from time import process_time

begin = process_time()
from IPython.core.interactiveshell import InteractiveShell  # noqa: E402 - the import is measured
from traitlets.config import Config  # noqa: E402

CONFIG = Config(HistoryManager={"enabled": False})  # nothing here goes to a person's history
CALL = "+13105555555 --from +12125551234 --url https://demo.twilio.com/welcome/voice/"


def main() -> None:
    shell = InteractiveShell.instance(config=CONFIG)
    told = {"shell": process_time() - begin}
    bare = set(sys.modules)
    told["load"] = _timed(shell, "load_ext", "twilio_magic")
    loaded = sorted(set(sys.modules) - bare)
    told["first_call"] = _timed(shell, "call", CALL)
    told["second_call"] = _timed(shell, "call", CALL)
    print(json.dumps(told | {"loaded": loaded}))


def _timed(shell: InteractiveShell, magic: str, line: str) -> float:
    started = process_time()
    shell.run_line_magic(magic, line)
    return process_time() - started


main()
