"""The one route of all stored resources: what no other route answers is looked up in the table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from hashlib import sha256
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, current_app, g, jsonify, request
from werkzeug.exceptions import HTTPException, MethodNotAllowed, NotFound

from ....api import find_invalid
from .._paging import filter_rows, paginate
from .._parameters import Refusal, parse_form, refuse_local_addresses
from .._responses import not_found
from ._answers import read_values, to_json
from ._kinds import find, is_known, kind_with, kinds, snake
from ._storage import Storage, StoredResource

if TYPE_CHECKING:
    from ...world._resources import Resources
    from ...world._world import World
    from ._kinds import Kind, Match

_ENDPOINT = "stored"
_METHODS = ("GET", "POST", "DELETE")
_OTHERS = ("PUT", "PATCH")
#: The header that tells stored answers from simulated ones.
_HEADER = "X-Twilio-Magic"
_MOMENTS: Mapping[str, Callable[[StoredResource], float | None]] = {
    "DateCreated": attrgetter("created"),
    "DateUpdated": attrgetter("updated"),
}


def is_stored(endpoint: str) -> bool:
    """Whether *endpoint* of the REST API answers for stored resources."""
    return endpoint == _ENDPOINT


def families() -> set[str]:
    """The first words of their paths."""
    return {path.split("/")[1] for path in kinds()}


def add_routes(api: Flask, account: str) -> None:
    """Add the route of all that no other route of *api* answers."""

    @api.route(f"{account}/<path:below>.json", methods=_METHODS + _OTHERS, endpoint=_ENDPOINT)
    def answer(world: World, below: str) -> Response:
        found = find(_method(), f"/{below}")
        if found is None:
            raise MethodNotAllowed if is_known(f"/{below}") or _is_simulated(api) else NotFound
        g.stored = found.kind
        return world.part(_Answers).to(found)

    @api.after_request
    def tell(response: Response) -> Response:
        if "stored" in g:
            response.headers[_HEADER] = _ENDPOINT
        return response


def _method() -> str:
    return "GET" if request.method == "HEAD" else request.method


def _is_simulated(api: Flask) -> bool:
    """Whether another route has the path of this request, with another method."""
    return any(_endpoint(api, request.path, method)[0] != _ENDPOINT for method in _METHODS)


def _endpoint(api: Flask, path: str, method: str) -> tuple[str, dict[str, Any]]:
    """What answers *method* at *path*, with its arguments; raises :class:`HTTPException`."""
    endpoint, arguments = api.url_map.bind_to_environ(request.environ).match(path, method)
    return endpoint, {name: arguments[name] for name in arguments if name != "account_sid"}


class _Answers:
    """Answers the requests for the stored resources of one world."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._storage = Storage()
        self._verbs = {
            "create": self._create,
            "list": self._list,
            "fetch": self._fetch,
            "update": self._update,
            "delete": self._delete,
        }

    def to(self, match: Match) -> Response:
        """The answer to what was asked; raises :class:`Refusal`."""
        if match.parent:
            self._fetch_at(match.parent)
        return self._verbs[match.operation](match)

    def _create(self, match: Match) -> Response:
        kind, asked = match.kind, self._read_parameters(match)
        values = read_values(match, asked)
        if kind.named_by:
            values = self._of_named(kind, asked[kind.named_by]) | values
        sid = asked.get(kind.named_by) or self._world.identities.next(kind.sid_prefix)
        resource = self._new(match, sid, values)
        if kind.has_places:  # else nobody can ask for it
            resource = self._storage.add(*self._keys(match), resource)
        return self._answer(match, resource)

    def _list(self, match: Match) -> Response:
        wanted, clock = self._read_parameters(match), self._world.clock

        def row_to_json(row: StoredResource) -> dict[str, Any]:
            return to_json(match, row, clock)

        def keep(rows: Iterable[StoredResource]) -> Iterable[StoredResource]:
            return filter_rows(rows, wanted, clock, _facts(match, row_to_json), _MOMENTS)

        rows = self._rows(match).newest_first()
        return paginate(match.kind.type.key, rows, row_to_json, keep)

    def _fetch(self, match: Match) -> Response:
        return self._answer(match, self._find(match) if match.sid else self._new(match, "", {}))

    def _update(self, match: Match) -> Response:
        row = self._find(match)
        row.values |= read_values(match, self._read_parameters(match))
        row.updated = self._world.clock.now
        return self._answer(match, row)

    def _delete(self, match: Match) -> Response:
        self._storage.remove(self._keys(match)[1], self._find(match).sid)
        return Response(status=match.row.success)

    def _read_parameters(self, match: Match) -> dict[str, str]:
        """The parameters of the request, of which all are right."""
        given = request.args if match.row.method == "GET" else request.form
        form = given.to_dict(flat=False)
        for invalid in find_invalid(match.row, form):
            if invalid.is_only_logged:  # here nothing is logged
                raise Refusal("bad-parameter", name=invalid.parameter)
        asked = parse_form(match.row, form)
        if g.is_strict:
            refuse_local_addresses(match.row, asked)
        return asked

    def _answer(self, match: Match, resource: StoredResource) -> Response:
        response = jsonify(to_json(match, resource, self._world.clock))
        response.status_code = match.row.success
        return response

    def _find(self, match: Match) -> StoredResource:
        """The resource with this sid; of some kinds a name will do."""
        rows = self._rows(match)
        named = (row for row in rows.values() if row.values.get("name") == match.sid)
        found = rows.get(match.sid) or next(named, None)
        if found is None:
            raise not_found()
        return found

    def _rows(self, match: Match) -> Resources[StoredResource]:
        """What is kept at the place; one resource, to try it out, where nobody can create any."""
        kind, collection = self._keys(match)
        if match.kind.is_given and self._storage.is_new(collection):
            digits = sha256(collection.encode()).hexdigest()[:32]
            sid = match.kind.sid_prefix + digits if match.kind.sid_prefix else "US"
            self._storage.add(kind, collection, self._new(match, sid, {}))
        return self._storage.at(collection)

    def _new(self, match: Match, sid: str, values: dict[str, Any]) -> StoredResource:
        path = f"{match.collection}/{sid}" if match.kind.has_places else match.collection
        now = self._world.clock.now
        return StoredResource(sid, path, now, now, values)

    def _keys(self, match: Match) -> tuple[str, str]:
        """How the storage calls the kind, and the collection, of this account."""
        return f"{g.account_sid}{match.kind.path}", f"{g.account_sid}{match.collection}"

    def _of_named(self, kind: Kind, sid: str) -> dict[str, Any]:
        """What a mapping has of the resource that it names, which has to be there."""
        home = kind_with(kind.sid_prefix)
        named = self._fetch_at(f"{home.path}/{sid}") if home else {}
        return {name: named[name] for name in ("friendly_name",) if name in named}

    def _fetch_at(self, path: str) -> dict[str, Any]:
        """The resource at *path*, whatever route answers for it; raises :class:`Refusal` if there is none."""
        base = request.path.partition(g.account_sid)[0] + g.account_sid
        try:
            endpoint, arguments = _endpoint(current_app, f"{base}{path}.json", "GET")
        except HTTPException:
            raise not_found() from None
        if endpoint != _ENDPOINT:
            answer: Any = current_app.view_functions[endpoint](world=self._world, **arguments)
            found = current_app.make_response(answer)
        elif match := find("GET", path):
            found = self.to(match)
        else:
            raise not_found()
        body: dict[str, Any] = found.get_json()
        return body


def _facts(
    match: Match, row_to_json: Callable[[StoredResource], dict[str, Any]]
) -> Mapping[str, Callable[[StoredResource], str | None]]:
    """What a list is filtered by: the parameters that are named like a field."""

    def reader(field: str) -> Callable[[StoredResource], str | None]:
        return lambda row: _text(row_to_json(row)[field])

    return {
        each.name: reader(snake(each.name))
        for each in match.row.parameters
        if snake(each.name) in match.kind.type.fields and each.name not in _MOMENTS
    }


def _text(value: Any) -> str | None:
    return str(value).lower() if isinstance(value, bool) else value
