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

#: What changes how the text around it is read, or is no text: Unicode's controls of direction, other control
#: characters, and what XML cannot hold.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)


def visible(text: str) -> str:
    """*text* with the characters that would turn it around or break it made visible: it reads as it is written."""
    return _UNSEEN.sub(lambda found: f"⟨U+{ord(found[0]):04X}⟩", text)


def load(name: str) -> Any:
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
        bundle: dict[str, str] = load(self.view)(self)
        return bundle
