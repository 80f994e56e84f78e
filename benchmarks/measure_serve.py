"""POST Calls.json over loopback with a thin client: one client and eight, against the peers that are installed.

What two processes do together is measured in real time, the best of several turns, in which all servers take part.
"""

from __future__ import annotations

from collections.abc import Iterator

from .peers import Server, installed, start_ours
from .ratio import Ratio
from .timing import PEERS, rounds

_CLIENTS = (1, 8)
#: The most seconds that a request may take, by the number of clients: 1,800 a second with eight.
_BUDGETS = {1: 1 / 1_200, 8: 1 / 1_800}


def measure() -> Iterator[Ratio]:
    """Ours against its budget, and against each peer; the servers run side by side."""
    folder = PEERS.get()
    servers = {"ours": start_ours, **(installed(folder) if folder else {})}
    running: dict[str, Server] = {}
    try:
        for name, start in servers.items():
            running[name] = start()
        for clients in _CLIENTS:
            yield from _compare(running, clients)
    finally:
        for server in running.values():
            server.stop()


def _compare(running: dict[str, Server], clients: int) -> Iterator[Ratio]:
    spent = dict.fromkeys(running, float("inf"))
    for _ in range(rounds(10)):
        for name, server in running.items():
            spent[name] = min(spent[name], server.seconds_of_request(clients))
    ours, budget = spent.pop("ours"), _BUDGETS[clients]
    several = f"{clients} client{'s' if clients > 1 else ''}"
    yield Ratio(
        f"POST Calls over loopback, {several} / {1 / budget:,.0f} a second",
        ours,
        budget,
        aim=1,
        note=f"{1 / ours:,.0f} requests a second",
    )
    for name, theirs in spent.items():
        note = f"{1 / ours:,.0f} and {1 / theirs:,.0f} requests a second"
        yield Ratio(f"POST over loopback, {several}: ours / {name}", ours, theirs, 1, note)
