"""The positional parameters of what is mounted, which tell what kind of application it is."""

from __future__ import annotations

import inspect
from inspect import Parameter

_KINDS = (Parameter.POSITIONAL_ONLY, Parameter.POSITIONAL_OR_KEYWORD, Parameter.VAR_POSITIONAL)


def list_positional(function: object) -> list[Parameter] | None:
    """The positional parameters of *function*; ``None`` if it takes any number, or if nobody knows."""
    try:
        parameters = inspect.signature(function).parameters.values()  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return None
    found = [each for each in parameters if each.kind in _KINDS]
    return None if any(each.kind is Parameter.VAR_POSITIONAL for each in found) else found
