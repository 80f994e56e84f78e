"""Old public names, which keep working with a warning until version 1.0."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from typing import Any


def warn_renamed(old: str, new: str) -> None:
    """Warn whoever called the caller of this function that *old* is called *new* now."""
    message = f"{old} is called {new} now; the old name goes away in version 1.0."
    warnings.warn(message, DeprecationWarning, stacklevel=3)


def rename_keywords(
    function: str, given: Mapping[str, Any], new_names: Mapping[str, str]
) -> dict[str, Any]:
    """*given* keyword arguments by their new names, with a warning for each old one.

    Raises :class:`TypeError` for a keyword that *function* never had.
    """
    renamed = {}
    for name, value in given.items():
        if name not in new_names:
            raise TypeError(f"{function}() got an unexpected keyword argument {name!r}")
        message = f"{function}({name}=…) is called {new_names[name]}= now; the old name goes away in version 1.0."
        warnings.warn(message, DeprecationWarning, stacklevel=3)
        renamed[new_names[name]] = value
    return renamed
