"""The REST API of one world, as a web application."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ...api import API_VERSION
from ._direct import answer_directly

if TYPE_CHECKING:
    from collections.abc import Iterable
    from wsgiref.types import StartResponse, WSGIEnvironment

    from ..world._world import World

#: What a request to the application of all worlds says its world with.
WORLD = "twilio_magic.world"
_PATH = re.compile(f"/{API_VERSION}/Accounts/(AC[0-9a-f]{{32}})(?=[/.]|$)")


class RestApi:
    """A WSGI application: the REST API of the accounts of one *world*, each as it sees the world."""

    def __init__(self, world: World) -> None:
        self._world = world

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        found = _PATH.match(environ["PATH_INFO"])
        view = self._world.accounts.get(found[1]) if found else None
        answer = answer_directly(view, environ) if view else None
        if answer is None:
            from ._app import application

            environ[WORLD] = view or self._world
            return application()(environ, start_response)
        status, headers, body = answer
        start_response(status, headers)
        return [body]
