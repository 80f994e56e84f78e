"""One page of a list. Source: Twilio's page "Twilio's response", paging."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Generic, TypeVar, overload

if TYPE_CHECKING:
    from ._resource import Resource

R = TypeVar("R", bound="Resource")


class Page(Sequence[R], Generic[R]):
    """The resources of one page of a list, and the way to the pages beside it."""

    def __init__(
        self,
        rows: Sequence[R],
        answer: Mapping[str, Any],
        get_page: Callable[[str], Page[R]],
        get_page_async: Callable[[str], Awaitable[Page[R]]],
    ) -> None:
        self._rows = rows
        self._answer = answer
        self._get_page = get_page
        self._get_page_async = get_page_async

    @property
    def next_page_url(self) -> str | None:
        """Where the next page is, below the API's host; ``None`` after the last one."""
        return self._answer.get("next_page_uri") or None

    @property
    def previous_page_url(self) -> str | None:
        """Where the page before is, below the API's host; ``None`` before the first one."""
        return self._answer.get("previous_page_uri") or None

    def next_page(self) -> Page[R] | None:
        """The next page; ``None`` after the last one."""
        return self._get_page(self.next_page_url) if self.next_page_url else None

    def previous_page(self) -> Page[R] | None:
        """The page before; ``None`` before the first one."""
        return self._get_page(self.previous_page_url) if self.previous_page_url else None

    async def next_page_async(self) -> Page[R] | None:
        """The next page, as :meth:`next_page` has it, for who awaits it."""
        return await self._get_page_async(self.next_page_url) if self.next_page_url else None

    async def previous_page_async(self) -> Page[R] | None:
        """The page before, for who awaits it."""
        url = self.previous_page_url
        return await self._get_page_async(url) if url else None

    @overload
    def __getitem__(self, index: int) -> R: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[R]: ...
    def __getitem__(self, index: int | slice) -> R | Sequence[R]:
        return self._rows[index]

    def __len__(self) -> int:
        return len(self._rows)

    def __repr__(self) -> str:
        more = ", and there is another one" if self.next_page_url else ""
        return f"<Page of {len(self)}{more}>"
