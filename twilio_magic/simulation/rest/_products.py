"""Which of Twilio's products a request is for, by its host and its path. Over loopback the path alone says it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flask import Flask, Response, jsonify, request

from ...api import API_HOST, API_VERSION
from ...hosts import is_twilio

if TYPE_CHECKING:
    from wsgiref.types import WSGIEnvironment

_LOOKUP = re.compile(r"/v[12]/PhoneNumbers/[^/]+")
_SERVED = (
    f"the simulator serves {API_HOST}/{API_VERSION} and Lookup "
    "(lookups.twilio.com/v1/PhoneNumbers and /v2/PhoneNumbers), and no other product of Twilio"
)


def is_of_voice(path: str) -> bool:
    """Whether *path* is one of the API of calls and messages."""
    return path.startswith(f"/{API_VERSION}")


def _is_served(environ: WSGIEnvironment) -> bool:
    """Whether the simulator has the product that a request is for."""
    host, path = environ["SERVER_NAME"].lower(), environ["PATH_INFO"]
    if not is_twilio(host):
        return is_of_voice(path) or bool(_LOOKUP.fullmatch(path))
    product = host.partition(".")[0]
    if product == "lookups":
        return bool(_LOOKUP.fullmatch(path))
    return product == "api" and is_of_voice(path)


def refuse_other_products(api: Flask) -> None:
    """Let *api* answer requests for other products, once they are signed in."""

    @api.before_request
    def answer_for_other_products() -> Response | None:
        return None if _is_served(request.environ) else _answer_other_product()


def _answer_other_product() -> Response:
    """The answer to a request for another product: 404, and what there is."""
    message = f"The requested resource {request.path} was not found: {_SERVED}."
    more = "https://www.twilio.com/docs/errors/20404"
    response = jsonify({"code": 20404, "message": message, "more_info": more, "status": 404})
    response.status_code = 404
    return response
