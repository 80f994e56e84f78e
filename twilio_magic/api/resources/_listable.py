"""Collections that can be listed, page by page. Source: Twilio's page "Twilio's response", paging."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, TypeVar, overload
from urllib.parse import parse_qsl, urlsplit

from ...display import Shown
from ...errors import NotTheApi, RequestError
from ...suggestions import did_you_mean, nearest
from ..requests._operations import operation
from ._collection import Keyed, Resources
from ._listing import Listing
from ._page import Page
from ._resource import Resource

R = TypeVar("R", bound=Resource)

_LARGEST_PAGE = 1000
_SHOWN = 50  # resources of a collection that is shown as it is
#: What the API calls otherwise ...
_OF_A_PAGE = {"page_token": "PageToken", "page_number": "Page", "page_size": "PageSize"}
#: ... and what it has no name for, too.
_OWN = ("limit", *_OF_A_PAGE)
Form = tuple[tuple[str, str], ...]


class Listable(Resources[R], Shown):
    """Going through it, ``collection[0]`` and showing it ask the API. It has no ``len()``: that could be a long way."""

    def list(
        self, *values: Any, limit: int | None = None, page_size: int | None = None, **filters: Any
    ) -> Listing[R]:
        """The newest first, all or at most *limit* of them; *filters* are those of the API.

        The first page is requested at once, every other one when somebody gets that far. A page has *page_size* rows.
        Unknown and impossible filters raise :class:`RequestError`.
        """
        own = {"limit": limit, "page_size": page_size}
        listing = Listing(self.kind, self._first(self._filters(values, filters, own)))
        listing.begin()
        return listing

    def stream(
        self, *values: Any, limit: int | None = None, page_size: int | None = None, **filters: Any
    ) -> Iterator[R]:
        """One after the other, as :meth:`list` has them; nothing is requested before the first is taken."""
        yield from self._first(
            self._filters(values, filters, {"limit": limit, "page_size": page_size})
        )

    def page(
        self,
        *values: Any,
        page_token: str | None = None,
        page_number: int | None = None,
        page_size: int | None = None,
        **filters: Any,
    ) -> Page[R]:
        """One page, the first unless *page_token* and *page_number* say otherwise; ``next_page()`` has the next."""
        own = {"page_token": page_token, "page_number": page_number, "page_size": page_size}
        given = self._filters(values, filters, own)
        return self._page(
            self._form({_OF_A_PAGE.get(name, name): value for name, value in given.items()})
        )

    def get_page(self, target_url: str) -> Page[R]:
        """The page at this address, such as another page's ``next_page_url``. Only its query is used."""
        return self._page(_query(target_url))

    def __iter__(self) -> Iterator[R]:
        return iter(self.list())

    @overload
    def __getitem__(self, index: int) -> R: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[R]: ...
    def __getitem__(self, index: int | slice) -> R | Sequence[R]:
        return self.list()[index]

    def _bundle(self) -> dict[str, str]:
        return Listing(self.kind, self._first({"limit": _SHOWN + 1}), most=_SHOWN)._bundle()

    @property
    def _name(self) -> str:
        return f"{self.kind.family}.list"

    def _filters(
        self, values: Sequence[Any], filters: Mapping[str, Any], own: Mapping[str, Any]
    ) -> dict[str, Any]:
        """What is asked of a list, with what is its *own* behind the filters.

        Raises :class:`RequestError` for a number where a filter stands.
        """
        given = {name: value for name, value in own.items() if value is not None}
        named = self._name_values("list", values, {**filters, **given}, list(own))
        first = next(iter(named), "")
        if len(values) == 1 and type(values[0]) is int and self._is_no_number(first, own):
            raise RequestError(
                f"{values[0]} is no {first}, which is the first filter here.",
                parameter=first,
                hint=did_you_mean(f"limit={values[0]}"),
            )
        return named

    def _is_no_number(self, name: str, own: Mapping[str, Any]) -> bool:
        return name not in own and operation(self._name).parameter(name).type != "integer"

    def _first(self, asked: Mapping[str, Any]) -> Iterator[R]:
        """The resources, at most *limit*; the request is checked now, and sent when the first one is taken."""
        given = dict(asked)
        limit, page_size = given.pop("limit", None), given.pop("page_size", None)
        if page_size is not None:
            given["PageSize"] = page_size
        elif limit is not None and "PageSize" not in given:
            given["PageSize"] = min(limit, _LARGEST_PAGE)
        form = self._form(given) if limit != 0 else ()
        return islice(map(self._build, self._rows(form)), limit)

    def _form(self, given: Mapping[str, Any]) -> Form:
        try:
            return self._transport.prepare(self._name, given, self._place).form
        except RequestError as error:
            meant = nearest(error.parameter or "", _OWN) if error.code is None else None
            if meant and error.parameter not in _OWN:
                error.hint = did_you_mean(meant)
            raise

    def _rows(self, form: Form) -> Iterator[Mapping[str, Any]]:
        """Every row of every page."""
        seen = set()
        while form not in seen:
            seen.add(form)
            answer = self._answer(form)
            yield from answer[self.key]
            following = answer.get("next_page_uri")
            if not following:
                return
            form = _query(str(following))
        raise NotTheApi("A page of the list names itself as the next one.", hint=_STRANGE)

    def _page(self, form: Form) -> Page[R]:
        answer = self._answer(form)
        rows = [self._build(row) for row in answer[self.key]]
        return Page(rows, answer, self.get_page, self.get_page_async)

    def _answer(self, form: Form) -> dict[str, Any]:
        request = self._transport.build_request(self._name, form, self._place)
        answer = self._transport.send(request)
        rows = answer.get(self.key)
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise NotTheApi(f"The answer has no list of {self.key}.", hint=_STRANGE)
        return answer


class Collection(Keyed[R], Listable[R]):
    """A collection of what calls are made of. It has older names, too: ``collection.fetch(sid)``."""

    def fetch(self, sid: str) -> R:
        """The one with this sid; raises :class:`ApiError` (20404) if there is none."""
        return self._build(self._ask("fetch", {}, sid))

    def _create(self, parameters: Mapping[str, Any]) -> R:
        return self._build(self._ask("create", parameters))

    def _update(self, sid: str, parameters: Mapping[str, Any]) -> R:
        return self._build(self._ask("update", self.kind.as_given(parameters), sid))

    def _delete(self, sid: str) -> None:
        self._ask("delete", {}, sid)


def _query(uri: str) -> Form:
    """The parameters of *uri*, never its host; raises :class:`NotTheApi` for what is none."""
    try:
        return tuple(parse_qsl(urlsplit(uri).query, keep_blank_values=True))
    except ValueError:
        said = f"The address of the next page cannot be read: {uri[:60]!r}."
        raise NotTheApi(said, hint=_STRANGE) from None


_STRANGE = "Something else than Twilio answered, or Twilio has changed its API."
