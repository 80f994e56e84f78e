"""The resources of one kind that an account, or a call, has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar, overload
from urllib.parse import parse_qsl, urlsplit

from ...display import Shown
from ...errors import NotTheApi
from ._listing import Listing
from ._resource import Resource

if TYPE_CHECKING:
    from ..transport._transport import Transport

R = TypeVar("R", bound=Resource)

_LARGEST_PAGE = 1000


class Collection(Shown, Generic[R]):
    """Resources of the kind *kind*, below *place*; in an answer they stand under *key*.

    Going through it, ``collection[0]`` and showing it ask the API. It has no ``len()``: that could be a long way.
    """

    kind: type[R]
    key: ClassVar[str]

    def __init__(self, transport: Transport, place: tuple[str, ...] = ()) -> None:
        self._transport = transport
        self._place = place

    def fetch(self, sid: str) -> R:
        """The one with this sid; raises :class:`ApiError` (20404) if there is none."""
        return self._build(self._ask("fetch", {}, sid))

    def list(self, *, limit: int | None = 50, **filters: Any) -> Listing[R]:
        """The newest first, at most *limit* of them (``None``: all); *filters* are those of the API.

        The first page is requested at once, every other one when somebody gets that far. Unknown and impossible filters
        raise :class:`RequestError`.
        """
        given = dict(filters)
        if limit is not None and not {"page_size", "PageSize"} & given.keys():
            given["page_size"] = min(limit, _LARGEST_PAGE)
        name = f"{self.kind.family}.list"
        form = self._transport.prepare(name, given, self._place).form if limit != 0 else ()
        rows = (self._build(fields) for fields in self._rows(name, form))
        listing = Listing(self.kind, islice(rows, limit))
        listing.begin()
        return listing

    def __iter__(self) -> Iterator[R]:
        return iter(self.list(limit=None))

    @overload
    def __getitem__(self, index: int) -> R: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[R]: ...
    def __getitem__(self, index: int | slice) -> R | Sequence[R]:
        return self.list(limit=None)[index]

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: list(), fetch() or go through them>"

    def _bundle(self) -> dict[str, str]:
        return self.list()._bundle()

    def _rows(self, name: str, form: tuple[tuple[str, str], ...]) -> Iterator[Mapping[str, Any]]:
        """Every row of every page. Only the query of the next page's address is followed, never its host."""
        seen = set()
        while form not in seen:
            seen.add(form)
            page = self._transport.send(self._transport.build_request(name, form, self._place))
            rows = page.get(self.key)
            if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
                raise NotTheApi(f"The answer has no list of {self.key}.", hint=_STRANGE)
            yield from rows
            following = page.get("next_page_uri")
            if not following:
                return
            form = _query(str(following))
        raise NotTheApi("A page of the list names itself as the next one.", hint=_STRANGE)

    def _create(self, parameters: Mapping[str, Any]) -> R:
        return self._build(self._ask("create", parameters))

    def _update(self, sid: str, parameters: Mapping[str, Any]) -> R:
        return self._build(self._ask("update", parameters, sid))

    def _delete(self, sid: str) -> None:
        self._ask("delete", {}, sid)

    def _build(self, fields: Mapping[str, Any]) -> R:
        return self.kind(self._transport, fields)

    def _ask(self, verb: str, given: Mapping[str, Any], *sid: str) -> dict[str, Any]:
        name = f"{self.kind.family}.{verb}"
        return self._transport.ask(name, given, place=(*self._place, *sid))


def _query(uri: str) -> tuple[tuple[str, str], ...]:
    """The parameters of *uri*; raises :class:`NotTheApi` for what is none."""
    try:
        return tuple(parse_qsl(urlsplit(uri).query, keep_blank_values=True))
    except ValueError:
        said = f"The address of the next page cannot be read: {uri[:60]!r}."
        raise NotTheApi(said, hint=_STRANGE) from None


_STRANGE = "Something else than Twilio answered, or Twilio has changed its API."
