"""Displaying the objects of this package in a notebook.

A document or a call knows nothing of HTML. It names its view, a function from the object to text and HTML, and the view
is loaded when the object is first displayed. So the lower floors stay free of presentation, and an object is shown well
whether it came from a magic or from plain Python.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from importlib import import_module
from typing import Any, ClassVar

#: What changes how the text around it is read, what no reader sees, what some programs take for the end of a line, and
#: what XML cannot hold. The joiners of emoji and of Persian, a line feed and a tab are none of these.
_UNSEEN = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff"
    "\ufff9-\ufffb\ufffe\uffff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e007f"
)
UNSEEN = re.compile(f"[{_UNSEEN}]")
_BEFORE_BLANK_LINE = re.compile(r"\n(?=[^\S\n]*(?:\n|$))")
_UNSEEN_IN_LINE = re.compile(f"[\n{_UNSEEN}]")
#: The blank between a number and its unit.
_BEFORE_UNIT = re.compile(r"(?<=\d) (?=(?:m?s|k?B|MB|k?Hz|dB|%)\b)")
_KEPT_BLANK = "\N{NO-BREAK SPACE}"
#: What a capital letter is for. numDigits, from_ and client:alice are names; so is what stands before "of <Gather>".
_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?(?:[\s,;]|$)(?!of <)")


def visible(text: str) -> str:
    """*text* with the characters that would turn it around or break it made visible: it reads as it is written.

    Its lines stay lines. For a text that is one line, or a part of one, :func:`visible_line` is right.
    """
    return UNSEEN.sub(_name, text.replace("\r\n", "\n"))


def visible_line(text: str) -> str:
    """*text* as :func:`visible` shows it, in one line: it cannot look like a line of somebody else's."""
    return _UNSEEN_IN_LINE.sub(_name, text)


def sentence(text: str) -> str:
    """*text* with a full stop, and a capital letter unless it begins with a name: names are written in one way only."""
    capital = text[:1].upper() if _WORD.match(text) else text[:1]
    return capital + text[1:] + ("" if text[-1:] in ".?!:" else ".")


def count_of(number: int, one: str, many: str = "") -> str:
    """So many of what *one* names: ``1 call``, ``10,000 calls``. *many* is a plural that is not made with an s."""
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"


def keep_units(text: str) -> str:
    """*text*, which is told and no code, with each number beside its unit: no line ends between the two."""
    return _BEFORE_UNIT.sub(_KEPT_BLANK, text)


def html_block(html: str) -> str:
    """*html* as it stands in a text in Markdown, such as an export of a notebook: all of it is HTML, and no link.

    A blank line would end the HTML, and what follows would be read as Markdown. A link or a picture of Markdown needs a
    bracket, also for those programs that read Markdown inside of HTML.
    """
    return _BEFORE_BLANK_LINE.sub("&#10;", visible(html)).replace("[", "&#91;")


def _name(found: re.Match[str]) -> str:
    return f"⟨U+{ord(found[0]):04X}⟩"


def load_view(name: str) -> Any:
    """The function that *name* names as ``module:function``; its module is loaded now."""
    module, _, function = name.partition(":")
    return getattr(import_module(module), function)


def mime_bundle(thing: Shown) -> dict[str, str]:
    """All that a notebook may show of *thing*, by MIME type."""
    return thing._bundle()


def to_html(thing: Shown) -> str:
    """The HTML that a notebook shows of *thing*."""
    return mime_bundle(thing)["text/html"]


class Shown:
    """Mixin: displayed by the view that *view* names as ``module:function``.

    The view takes the object and returns a MIME bundle that always holds ``text/plain``.
    """

    __slots__ = ()

    view: ClassVar[str]

    def _repr_mimebundle_(
        self,
        include: Collection[str] | None = None,
        exclude: Collection[str] | None = None,
        **_: Any,
    ) -> dict[str, str]:
        bundle = self._bundle()
        return {
            mime: data
            for mime, data in bundle.items()
            if (not include or mime in include) and (not exclude or mime not in exclude)
        }

    def _bundle(self) -> dict[str, str]:
        bundle: dict[str, str] = load_view(self.view)(self)
        shown = {**bundle, "text/plain": visible(bundle["text/plain"])}
        return (
            {**shown, "text/html": html_block(bundle["text/html"])}
            if "text/html" in bundle
            else shown
        )
