"""The page of all routes of the simulated API: which are simulated, and which only stored.

``python -m tests.simulation.test_routes_page`` writes it.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from tests.simulation.published import ROUTES
from tests.simulation.schemas import simulated_routes

PAGE = Path(__file__).parents[2] / "docs" / "simulated-api.md"
_HEAD = """\
# The simulated API, route by route

Every resource of Twilio's published API, version 2010-04-01, answers in the simulator. *Simulated*: it acts on calls
and comes from them. *Stored*: it is checked as Twilio checks it, kept, listed, changed and deleted, and nothing
happens by it; such an answer has the header `X-Twilio-Magic: stored`. Of each kind an account stores 10,000 at most;
the next one is refused with 20403. What only Twilio or its Console makes, such as a short code, is there once, to try
it out. A path below another resource needs that resource. Paths without a first slash begin at `/2010-04-01`, all
others at `/2010-04-01/Accounts/AC…`; paths end in `.json`, `.csv`, `.xml` or nothing, which is XML.

| path | simulated | stored |
|---|---|---|
"""


def page() -> str:
    """The page, in Markdown."""
    simulated = simulated_routes()
    found: dict[str, tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
    for route in sorted(ROUTES, key=lambda each: each.partition(" ")[2]):
        method, _, path = route.partition(" ")
        found[path][route not in simulated].append(method)
    return _HEAD + "".join(
        f"| `{path.removesuffix('.json') or '(the account itself)'}` | {', '.join(ours)} | {', '.join(kept)} |\n"
        for path, (ours, kept) in found.items()
    )


def test_the_page_is_that_of_the_routes() -> None:
    assert PAGE.read_text("utf-8") == page()


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
