"""All routes, and the one that lists them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from . import _calls, _world
from ._route import Route

if TYPE_CHECKING:
    from ..simulation import Simulator


def _list(_: Simulator, __: Mapping[str, Any]) -> Any:
    return {
        "endpoints": [
            {
                "method": route.method,
                "path": route.shown_path,
                "summary": route.summary,
                "fields": {field.name: field.summary for field in route.fields},
                "required": [field.name for field in route.fields if field.required],
            }
            for route in ROUTES
        ]
    }


ROUTES = (
    *_world.ROUTES,
    *_calls.ROUTES,
    Route("GET", "/endpoints", "this list", _list),
)
