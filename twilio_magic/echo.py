"""Where a text repeats a secret: as it is or in capitals, in pieces, and in the encodings of the web."""

from __future__ import annotations

import re
from base64 import b64encode
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from functools import lru_cache
from html import unescape

#: A piece of so many characters gives a secret away. In a sid, which is made of the same digits, it is chance.
_PIECE, _PIECE_OF_SID, _PIECE_OF_GROUPS = 8, 12, 16
#: A percent-encoded text in HTML in JSON is three encodings deep.
_DEEPEST = 4
#: Longer texts are recordings, not words; in them a secret is found as it is.
_LONGEST = 4 * 2**20

_ENCODED = re.compile(
    r"%([0-9a-f]{2})"  # a URL
    r"|(?-i:\\U)([0-9a-f]{8})|\\u([0-9a-f]{4})|\\u\{([0-9a-f]{1,6})\}|\\x([0-9a-f]{2})|\\([0-3][0-7]{2})"  # a program
    r"|(&#?\w{1,31};?)|=([0-9a-f]{2})(?=[=0-9a-f])|(\0+)",  # HTML, mail, UTF-16
    re.IGNORECASE,
)
_BASE64 = re.compile(r"[0-9A-Za-z+/]+")
_SEPARATOR = re.compile(r"[^0-9A-Za-z]+")
_SID = re.compile(r"(?<![0-9A-Za-z])[A-Z]{2}[0-9a-f]{32}(?![0-9A-Za-z])")

Span = tuple[int, int]


def find_echoes(secret: str, text: str) -> list[Span]:
    """The places in *text* that tell of *secret*, sorted and apart from each other."""
    if not secret or len(text) < min(len(secret), _PIECE):
        return []
    if len(secret) < _PIECE or len(text) > _LONGEST:
        return [found.span() for found in re.finditer(re.escape(secret), text)]
    return list(_merge(sorted(_find(secret, text))))


def _find(secret: str, text: str) -> Iterator[Span]:
    view: _View | None = _View(text)
    for _ in range(_DEEPEST):
        if view is None:
            return
        for start, end in (*_find_pieces(secret, view.text), *_find_base64(secret, view.text)):
            yield view.source(start), view.source_of_end(end)
        yield from _find_groups(secret, view)
        view = view.decode()


def _find_groups(secret: str, view: _View) -> Iterator[Span]:
    """The secret in groups with something between them."""
    if next(_find_runs(secret, _SEPARATOR.sub("", view.text), _PIECE_OF_GROUPS), None):
        groups = view.without_separators()
        for start, end in _find_runs(secret, groups.text, _PIECE_OF_GROUPS):
            yield groups.source(start), groups.source_of_end(end)


def _find_pieces(secret: str, text: str) -> Iterator[Span]:
    sids = [found.span() for found in _SID.finditer(text)]
    starts = [start for start, _ in sids]
    for start, end in _find_runs(secret, text, _PIECE):
        at = bisect_right(starts, start) - 1
        is_in_sid = at >= 0 and end <= sids[at][1]
        if not is_in_sid or end - start >= _PIECE_OF_SID:
            yield start, end


def _find_runs(secret: str, text: str, least: int) -> Iterator[Span]:
    """The runs of at least *least* characters that stand in *secret* too, in capitals or not."""
    secret, text = secret.lower(), text.lower()
    length = min(least, len(secret))
    spans = set()
    for at in range(len(secret) - length + 1):
        piece = secret[at : at + length]
        start = text.find(piece)
        while start >= 0:
            spans.add((start, start + length))
            start = text.find(piece, start + 1)
    return _merge(sorted(spans))


def _find_base64(secret: str, text: str) -> Iterator[Span]:
    """The runs of base64 in which a piece of *secret* stands."""
    text = text.replace("-", "+").replace("_", "/")
    needles = [needle for needle in _in_base64(secret) if needle in text]
    for run in _BASE64.finditer(text) if needles else ():
        if any(needle in run[0] for needle in needles):
            yield run.span()


@lru_cache(maxsize=4)
def _in_base64(secret: str) -> tuple[str, ...]:
    """What is always in base64 of a text with a piece of *secret*, wherever in a group of three bytes it begins."""
    return tuple(_encode_pieces(secret))


def _encode_pieces(secret: str) -> Iterator[str]:
    for written in {secret, secret.lower(), secret.upper()}:
        for at in range(len(written) - _PIECE + 1):
            piece = written[at : at + _PIECE].encode()
            for before in range(3):
                encoded = b64encode(b"\0" * before + piece).decode()
                first, last = -(-before * 8 // 6), (before + len(piece)) * 8 // 6
                yield encoded[first:last]


def _merge(spans: list[Span]) -> Iterator[Span]:
    """*spans*, which are sorted, as such that neither overlap nor touch."""
    start = end = -1
    for first, last in spans:
        if first > end:
            if start >= 0:
                yield start, end
            start = first
        end = max(end, last)
    if start >= 0:
        yield start, end


class _View:
    """A *text* that was made of another one, and where in that one its characters stand."""

    def __init__(self, text: str, source: _View | None = None) -> None:
        self.text = text
        self._before = source
        self._places: list[int] = []  # where the text and the source part, in both of them
        self._sources: list[int] = []

    def source(self, place: int) -> int:
        """The place in the first text of all that *place* comes from."""
        at = bisect_right(self._places, place) - 1
        if at >= 0:
            place = self._sources[at] + place - self._places[at]
        return self._before.source(place) if self._before else place

    def source_of_end(self, place: int) -> int:
        """The place in the first text of all at which what ends at *place* ends."""
        at = bisect_left(self._places, place)
        if at < len(self._places) and self._places[at] == place:
            place = self._sources[at]
        elif at > 0:
            place = self._sources[at - 1] + place - self._places[at - 1]
        return self._before.source_of_end(place) if self._before else place

    def decode(self) -> _View | None:
        """The text with one layer of encoding taken off; ``None`` if there is none.

        A ``&`` in an address looks like one, and is none.
        """
        decoded = self._replace(_ENCODED, _decode_one) if _ENCODED.search(self.text) else self
        return None if decoded.text == self.text else decoded

    def without_separators(self) -> _View:
        """The letters and digits alone."""
        return self._replace(_SEPARATOR, lambda _: "")

    def _replace(self, pattern: re.Pattern[str], by: Callable[[re.Match[str]], str]) -> _View:
        view, parts, length, end = _View("", self), [], 0, 0
        for found in pattern.finditer(self.text):
            kept, new = self.text[end : found.start()], by(found)
            parts += [kept, new]
            length += len(kept)
            view._mark(length, found.start())
            length, end = length + len(new), found.end()
            view._mark(length, end)
        view.text = "".join([*parts, self.text[end:]])
        return view

    def _mark(self, place: int, source: int) -> None:
        self._places.append(place)
        self._sources.append(source)


def _decode_one(found: re.Match[str]) -> str:
    *numbers, octal, entity, quoted, _ = found.groups()
    number = next(filter(None, [*numbers, quoted]), None)
    if number is not None:
        return chr(min(int(number, 16), 0x10FFFF))
    if octal:
        return chr(int(octal, 8))
    return unescape(entity) if entity else ""
