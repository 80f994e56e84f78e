"""The account's local, mobile and toll-free numbers in the REST API, which are bought and listed by type, too.

Source: Twilio's pages "Local", "Mobile" and "TollFree" below "IncomingPhoneNumber resource".
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, jsonify

from ._numbers import buy, list_of_numbers, number_to_json, type_of
from ._parameters import Refusal
from ._responses import read_form

if TYPE_CHECKING:
    from ..world._account import Number
    from ..world._world import World

#: The types by the last words of their paths.
_TYPES = {"Local": "local", "Mobile": "mobile", "TollFree": "toll-free"}


def add_routes(api: Flask, account: str) -> None:
    """Add the paths of each type of number to *api*."""
    for word in _TYPES:
        _add_routes(api, f"{account}/IncomingPhoneNumbers", word)


def _add_routes(api: Flask, base: str, word: str) -> None:
    def to_json(world: World, number: Number) -> dict[str, Any]:
        fields = number_to_json(world, number)
        return {name: fields[name] for name in fields if name != "type"}

    @api.post(f"{base}/{word}.json", endpoint=f"buy_{word}_number")
    def buy_number(world: World) -> tuple[Response, int]:
        asked = read_form("numbers.create")
        if not asked.get("PhoneNumber"):
            raise Refusal("bad-parameter", name="PhoneNumber", case="missing")
        return jsonify(to_json(world, buy(world, asked))), 201

    @api.get(f"{base}/{word}.json", endpoint=f"list_{word}_numbers")
    def list_numbers(world: World) -> Response:
        return list_of_numbers(
            world,
            lambda number: type_of(number.phone_number) == _TYPES[word],
            partial(to_json, world),
        )
