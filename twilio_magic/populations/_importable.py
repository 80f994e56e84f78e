"""Whether another process can import a scenario: a function of a notebook it cannot."""

from __future__ import annotations

import io
import pickle
import sys
from importlib.machinery import PathFinder
from pathlib import Path
from types import FunctionType
from typing import Any


class NotImportable(Exception):  # noqa: N818 - says what is wrong
    """Another process cannot have this; the message says why."""


def pickle_importable(thing: Any) -> bytes:
    """*thing* as bytes from which another process makes it again; raises :class:`NotImportable`."""
    written = io.BytesIO()
    try:
        _Pickler(written).dump(thing)
    except NotImportable:
        raise
    except Exception as error:
        raise NotImportable(str(error)) from None
    return written.getvalue()


class _Pickler(pickle.Pickler):
    """Refuses functions and classes that another process would look for in vain."""

    def reducer_override(self, thing: Any) -> Any:
        if isinstance(thing, FunctionType | type):
            _refuse_unknown(thing.__module__, thing.__qualname__)
        return NotImplemented


def _refuse_unknown(module: str, name: str) -> None:
    known = sys.modules.get(module)
    path = getattr(known, "__file__", None)
    if module == "__main__" and not (path and Path(path).is_file()):
        raise NotImportable(f"{name} is defined in this notebook or session")
    if path and "." not in module and module != "__main__":
        spec = PathFinder.find_spec(module)
        if spec is None or spec.origin is None or not _is_same(spec.origin, path):
            raise NotImportable(f"the module {module} is not found where modules are looked for")


def _is_same(one: str, other: str) -> bool:
    return Path(one).resolve() == Path(other).resolve()
