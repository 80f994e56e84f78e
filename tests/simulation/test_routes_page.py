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

Every resource of Twilio's published API, version 2010-04-01, answers in the simulator. What is *simulated* acts on
calls and comes from them. What is *stored* is checked as Twilio checks it, and kept, listed, changed and deleted, but
has no effect; the answer has the header `X-Twilio-Magic: stored`. An account stores 10,000 of each kind at most; the
next one is refused with 20403. Of what only Twilio or its Console makes, such as a short code, there is one, to try it
out. A path below another resource needs that resource. Paths without a slash at the beginning are below `/2010-04-01`,
all others below `/2010-04-01/Accounts/AC…`. A path ends in `.json`, `.csv` or `.xml`; without an ending it gives XML.

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
