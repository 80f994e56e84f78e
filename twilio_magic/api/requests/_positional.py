"""Values that are given without a name: they stand in the order of Twilio's own libraries.

That is the order of Twilio's OpenAPI description, with what is required first.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ...errors import RequestError
from ._operations import operation
from ._resources import resource_table

if TYPE_CHECKING:
    from ._parameters import Parameter

_NUMBERED = re.compile(r"Parameter(\d+)\.")
#: What is no parameter of a list's own, but of its pages.
_OF_PAGES = ("page", "page_size", "page_token")


def name_positional(
    name: str, values: Sequence[Any], given: Mapping[str, Any], own: Sequence[str] = ()
) -> dict[str, Any]:
    """*given*, the parameters of the operation *name* by their names, and the *values* that came without one.

    *own* are the keywords of the method that stand behind its parameters. Raises :class:`RequestError` for a value too
    many, and for what is given twice.
    """
    if not values:
        return dict(given)
    order = [*_order(name), *own]
    if len(values) > len(order):
        raise RequestError(
            f"{name} takes {len(order)} values without a name at most, and here are {len(values)}.",
            hint=f"They are, in this order: {', '.join(order) or 'none'}.",
        )
    named = dict(zip(order, values, strict=False))
    for each in given:
        keyword = each if each in own else operation(name).parameter(each).keyword
        if keyword in named:
            raise RequestError(f"{keyword} is given twice: once without its name.", parameter=each)
    return {**named, **given}


def _order(name: str) -> list[str]:
    """The keywords of the parameters of an operation in the order of Twilio's libraries."""
    rows = operation(name).parameters
    by_name = {row.name: row.keyword for row in rows}
    described = resource_table()["order"].get(name)
    order = described or [row.name for row in sorted(rows, key=_rank)]
    known = (by_name[each] for each in order if each in by_name)
    return [each for each in known if each not in _OF_PAGES]


def _rank(row: Parameter) -> tuple[bool, int]:
    """What is required comes first, and Parameter1.Value before Parameter2.Name."""
    number = _NUMBERED.match(row.name)
    return not row.required, int(number[1]) if number else 0
