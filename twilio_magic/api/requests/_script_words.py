"""The words of a shell script, and where in the script each of their characters stands."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import field
from itertools import pairwise

from ...records import dataclass

#: What word processors and web pages make of quotes and blanks.
TYPESET = str.maketrans("\u2018\u2019\u201c\u201d\u00a0\u202f", "''\"\"  ")

_SEPARATOR = "\n"
#: A line that goes on, and what the shell shows before the next one.
_CONTINUATION = re.compile(r"\\[ \t]*\r?\n(?:[ \t]*>[ \t]+)?")
_PROMPT = re.compile(r"(?m)^[ \t]*[$>%][ \t]+")
_ESCAPE = re.compile(r"\\(?:x([0-9a-fA-F]{1,2})|u([0-9a-fA-F]{1,4})|([0-7]{1,3})|(.))", re.DOTALL)
_HEXADECIMAL = re.compile(r"\\x([0-9a-fA-F]{2})")
_QUOTING = "'\"\\^`"


@dataclass(slots=True)
class Reading:
    """A script as *text*, one line a word, without its quotes.

    *places* has the start and end of each character in the script. White space inside of a word is a blank.
    """

    text: str = ""
    places: list[tuple[int, int]] = field(default_factory=list)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where in the script the characters from *start* to *end* of the text stand."""
        return self.places[start][0], self.places[end - 1][1]


#: A character of a word and where it stands.
_Char = tuple[str, int, int]


def readings(script: str) -> Iterator[Reading]:
    """*script* as a shell reads it; with its comments as commands; and as if there were no quotes at all.

    A quote that is never closed is closed at the end.
    """
    plain = script.translate(TYPESET)
    yield _collect(_Shell(plain).chars())
    yield _collect(_Shell(plain, has_comments=False).chars())
    unprompted = _PROMPT.sub(lambda found: " " * len(found[0]), plain)
    yield _collect(_bare(unprompted, 0, len(script)))


@dataclass(slots=True)
class Quoting:
    """Which quote each character of a script stands in, in the order of their *places*; empty where it is none."""

    places: list[int] = field(default_factory=list)
    quotes: list[str] = field(default_factory=list)

    def between(self, start: int, end: int) -> str:
        """The quotes that a script needs in the place of what stands from *start* to *end*, to be quoted as before."""
        before, after = self._at(start), self._at(end - 1)
        return "" if before == after else before[-1:] + after

    def _at(self, place: int) -> str:
        index = bisect_right(self.places, place) - 1
        return self.quotes[index] if index >= 0 else ""


def read_quoting(script: str) -> Quoting:
    """The quotes of *script*, as a shell reads them."""
    shell, found = _Shell(script.translate(TYPESET)), Quoting()
    for _, start, _ in shell.chars():
        found.places.append(start)
        found.quotes.append(shell.quote)
    return found


def _collect(chars: Iterator[_Char]) -> Reading:
    found = [
        each
        for each, after in pairwise([*chars, ("", 0, 0)])
        if each[0] + after[0] != _SEPARATOR * 2
    ]
    return Reading("".join(char for char, *_ in found), [(start, end) for _, start, end in found])


def _bare(script: str, start: int, end: int) -> Iterator[_Char]:
    at = start
    while at < end:
        found = _HEXADECIMAL.match(script, at, end)
        last = found.end() if found else at + 1
        char = chr(int(found[1], 16)) if found else script[at]
        if char.isspace():
            yield _SEPARATOR, at, last
        elif char not in _QUOTING and script[at : at + 2] not in ("$'", '$"'):
            yield char, at, last
        at = last


class _Shell:
    """Reads *script* from its begin to its end; *quote* is the one that is open at the last character."""

    def __init__(self, script: str, *, has_comments: bool = True) -> None:
        self._script = script
        self._has_comments = has_comments
        self._at = 0
        self.quote = ""

    def chars(self) -> Iterator[_Char]:
        """Every character of the words, and separators between them."""
        is_start = True  # of a word, where a # begins a comment
        while self._at < len(self._script):
            char = self._script[self._at]
            if self._skip_continuation():
                continue
            if char == "#" and is_start and self._has_comments:
                yield from self._read_comment()
            elif char == "'":
                yield from self._within("'", self._read_single_quotes())
            elif char == '"':
                yield from self._within('"', self._read_double_quotes())
            elif self._script.startswith("$'", self._at):
                yield from self._within("$'", self._read_escapes())
            elif char == "\\":
                self._at += 1
                yield from self._take(1, kept_blank=True)
            else:
                yield from self._take(1, kept_blank=False)
            is_start = char.isspace()

    def _within(self, quote: str, chars: Iterator[_Char]) -> Iterator[_Char]:
        self.quote = quote
        yield from chars
        self.quote = ""

    def _skip_continuation(self) -> bool:
        found = _CONTINUATION.match(self._script, self._at)
        if found:
            self._at = found.end()
        return found is not None

    def _take(self, count: int, *, kept_blank: bool) -> Iterator[_Char]:
        """The next *count* characters; white space is a blank of the word, or separates words."""
        for at in range(self._at, min(self._at + count, len(self._script))):
            char = self._script[at]
            blank = " " if kept_blank else _SEPARATOR
            yield (blank if char.isspace() else char), at, at + 1
        self._at += count

    def _read_comment(self) -> Iterator[_Char]:
        end = self._script.find("\n", self._at)
        end = len(self._script) if end < 0 else end
        yield from _bare(self._script, self._at, end)
        self._at = end

    def _read_single_quotes(self) -> Iterator[_Char]:
        end = self._script.find("'", self._at + 1)
        end = len(self._script) if end < 0 else end
        self._at += 1
        yield from self._take(end - self._at, kept_blank=True)
        self._at = end + 1

    def _read_double_quotes(self) -> Iterator[_Char]:
        self._at += 1
        while self._at < len(self._script) and self._script[self._at] != '"':
            if self._skip_continuation():
                continue
            if self._script[self._at] == "\\" and self._script[self._at + 1 : self._at + 2] in (
                *'$`"\\',
            ):
                self._at += 1
            yield from self._take(1, kept_blank=True)
        self._at += 1

    def _read_escapes(self) -> Iterator[_Char]:
        """A text in ``$'…'``, which may spell a character by its number."""
        self._at += 2
        while self._at < len(self._script) and self._script[self._at] != "'":
            found = _ESCAPE.match(self._script, self._at)
            if found is None:
                yield from self._take(1, kept_blank=True)
                continue
            hexadecimal, octal, plain = found[1] or found[2], found[3], found[4]
            char = (
                chr(int(hexadecimal, 16)) if hexadecimal else chr(int(octal, 8)) if octal else plain
            )
            yield (" " if char.isspace() else char), found.start(), found.end()
            self._at = found.end()
        self._at += 1
