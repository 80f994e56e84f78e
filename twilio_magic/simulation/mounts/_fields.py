"""Fields of requests and replies as they are kept: the names, which come again and again, are kept once for all."""

from __future__ import annotations

from collections.abc import ItemsView, Iterable, Iterator, Mapping
from functools import lru_cache

from ...deadlines import encode_form


class Fields(Mapping[str, str]):
    """Names with their values, in the order of *pairs*; nothing changes them any more."""

    __slots__ = ("_names", "_values")

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        made = dict(pairs)
        self._names = _once(tuple(made))
        self._values = tuple(made.values())

    def __getitem__(self, name: str) -> str:
        try:
            return self._values[self._names.index(name)]
        except ValueError:
            raise KeyError(name) from None

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)

    def items(self) -> ItemsView[str, str]:
        """The names and values; of a mapping made at once, because looking for each name takes longer."""
        return dict(zip(self._names, self._values, strict=True)).items()

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Fields) and self._names is other._names:
            return self._values == other._values
        return super().__eq__(other)

    __hash__ = None  # type: ignore[assignment] # as of every mapping

    def __repr__(self) -> str:
        return repr(dict(self.items()))

    def __reduce__(self) -> tuple[type[Fields], tuple[list[tuple[str, str]]]]:
        return type(self), (list(self.items()),)


class SentForm(Fields):
    """The same as the parameters of a webhook; as a text it is what was sent."""

    __slots__ = ()

    def __str__(self) -> str:
        return encode_form(self.items())


class Headers(Fields):
    """The same, found by their names in upper or lower case, as headers are."""

    __slots__ = ()

    def __getitem__(self, name: str) -> str:
        try:
            return self._values[_lower(self._names).index(name.lower())]
        except ValueError:
            raise KeyError(name) from None

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Fields) and self._names is other._names:
            return self._values == other._values
        if not isinstance(other, Mapping):
            return NotImplemented
        return _by_lower_names(self) == _by_lower_names(other)

    __hash__ = None


def _by_lower_names(headers: Mapping[str, str]) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}


@lru_cache(maxsize=512)
def _once(names: tuple[str, ...]) -> tuple[str, ...]:
    """These *names* as they were met first."""
    return names


@lru_cache(maxsize=512)
def _lower(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(map(str.lower, names))
