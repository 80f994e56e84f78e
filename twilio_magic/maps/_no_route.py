"""What is said where the application has no route at the address that is requested first."""

from __future__ import annotations

import re
from typing import Any

from ..simulation import list_routes

_NO_ROUTE = re.compile(r"HTTP 40[45]\b")
_OTHER = {"POST": "GET", "GET": "POST"}
_MOST = 5  # routes that are named


def explain_no_route(error: str, app: Any, path: str, method: str, below: str = "") -> str:
    """What to do about *error* if *app*, mounted *below* a path, has no route for *method* at *path*.

    Empty if it is another error.
    """
    if not _NO_ROUTE.search(error):
        return ""
    other = _OTHER[method]
    if path in (below + route for route in list_routes(app, other)):
        return f'. It takes {other} there: --method {other}, in Python method="{other}"'
    routes = [below + each for each in list_routes(app, method) if not re.search("[<{]", each)]
    if not routes:
        return '. Say which path answers a call: --url /PATH, in Python url="/PATH"'
    has = ", ".join(routes[:_MOST]) + (" …" if len(routes) > _MOST else "")
    first = routes[0]
    return f'. It answers at {has}: say which begins a call, --url {first}, in Python url="{first}"'
