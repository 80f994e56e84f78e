"""How the things of this package come to be shown in a notebook.

A document or a call knows nothing of HTML. It names its view, a function from the object to text and HTML, and the view
is loaded when the object is first displayed. So the lower floors stay free of presentation, and an object is shown well
whether it came from a magic or from plain Python.
"""

from __future__ import annotations

from collections.abc import Collection
from importlib import import_module
from typing import Any, ClassVar


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
        module, _, function = self.view.partition(":")
        bundle: dict[str, str] = getattr(import_module(module), function)(self)
        return bundle
