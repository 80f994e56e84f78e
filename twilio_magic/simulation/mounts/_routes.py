"""The routes of a web application, as far as its framework tells them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

#: Where an application probably answers calls: the first of these that it has.
_USUAL = (
    "/voice", "/twiml", "/incoming-call", "/incoming", "/answer", "/call", "/ivr", "/welcome", "/menu", "/",
)  # fmt: skip


def choose_path(app: Any, method: str = "POST") -> str:
    """The path at which *app* probably answers calls: the first usual one of its routes, else ``/voice``."""
    routes = {path.rstrip("/") or "/": path for path in list_routes(app, method)}
    return next((routes[path] for path in _USUAL if path in routes), _USUAL[0])


def has_routes(app: object) -> bool:
    """Whether *app* is the application of a framework that tells its routes."""
    return hasattr(app, "url_map") or hasattr(app, "routes") or _is_django(app)


def list_routes(app: Any, method: str = "POST") -> list[str]:
    """The paths of *app* that answer requests with this *method*, in its own order, as far as its framework tells."""
    return list(
        dict.fromkeys(path for path, methods in _routes(app) if not methods or method in methods)
    )


def _routes(app: Any) -> Iterator[tuple[str, set[str]]]:
    rules = getattr(app, "url_map", None)
    if rules is not None and hasattr(rules, "iter_rules"):
        yield from ((rule.rule, rule.methods or set()) for rule in rules.iter_rules())
    for route in getattr(app, "routes", None) or ():
        methods = getattr(route, "methods", None)
        if methods:  # routes of WebSockets have none
            yield str(route.path), methods
    if _is_django(app):
        from django.urls import get_resolver

        yield from ((path, set()) for path in _django_paths(get_resolver().url_patterns, "/"))


def _is_django(app: object) -> bool:
    return type(app).__module__.startswith("django.core.handlers")


def _django_paths(patterns: Iterable[Any], before: str) -> Iterator[str]:
    """The paths of *patterns* and of those that they include; a view tells no methods."""
    for each in patterns:
        path = f"{before}{each.pattern}"
        if hasattr(each, "url_patterns"):
            yield from _django_paths(each.url_patterns, path)
        else:
            yield path
