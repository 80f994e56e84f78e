"""Run in a process of its own by ``peers``: a world that is served on a port, as the account that is named."""

from __future__ import annotations

import sys
from threading import Event

import twilio_magic as tm


def main(port: int) -> None:
    with tm.Simulator(seed=0).serve(port):
        Event().wait()  # until the process is ended


main(int(sys.argv[1]))
