"""The parameters of an operation as options of a command line: ``--status-callback``, ``--record``, ``Timeout=20``."""

from __future__ import annotations

import argparse
import re
from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ._parameters import Operation, Parameter

_PAIR = re.compile(r"([A-Z][A-Za-z]*[<>]?)=(.*)", re.DOTALL)


def add_options(
    parser: argparse.ArgumentParser, operation: Operation, *, leave_out: Collection[str] = ()
) -> None:
    """Give *parser* one option for each parameter of *operation*, except those to *leave_out*, grouped by topic."""
    rows = {row.name: row for row in operation.parameters if row.name not in leave_out}
    for topic, names in operation.topics.items():
        group = parser.add_argument_group(topic)
        for name in names:
            if name in rows:
                _add(group, rows.pop(name))
    for row in rows.values():
        _add(parser, row)


def options_given(options: argparse.Namespace, operation: Operation) -> dict[str, Any]:
    """What was given for the parameters of *operation*, by Twilio's names."""
    given = {row.name: getattr(options, row.keyword, None) for row in operation.parameters}
    return {name: value for name, value in given.items() if value is not None}


def raw_pairs(words: Iterable[str], operation: Operation) -> tuple[dict[str, Any], list[str]]:
    """The words of the form ``Name=value`` in Twilio's spelling, by their names, and the other words.

    Raises :class:`RequestError` for a name that *operation* does not have.
    """
    given: dict[str, Any] = {}
    others = []
    for word in words:
        pair = _PAIR.fullmatch(word)
        if pair is None:
            others.append(word)
        elif operation.parameter(pair[1]).is_list:
            given.setdefault(pair[1], []).append(pair[2])
        else:
            given[pair[1]] = pair[2]
    return given, others


def _add(parser: argparse._ActionsContainer, row: Parameter) -> None:
    if row.type == "boolean":
        parser.add_argument(
            row.option,
            dest=row.keyword,
            action=argparse.BooleanOptionalAction,
            help=row.help,
        )
        return
    parser.add_argument(
        row.option,
        dest=row.keyword,
        metavar=row.type.upper().replace("-", "_"),
        help=help_text(row),
        action="append" if row.is_list else "store",
    )


def help_text(row: Parameter) -> str:
    """What ``--help`` says of a parameter."""
    values = f" One of: {', '.join(row.values)}." if row.values else ""
    ranged = f" {row.min} to {row.max} {row.unit}." if row.max is not None and row.unit else ""
    default = ", ".join(row.default) if isinstance(row.default, tuple) else row.default
    said = f" Default: {default}." if default not in (None, False) else ""
    return f"{row.help}{values}{ranged}{said}".replace("%", "%%")


def as_parameters(form: Iterable[tuple[str, str]]) -> Mapping[str, Any]:
    """Name and value pairs as keywords have them: a name that is repeated has a list."""
    given: dict[str, Any] = {}
    for name, value in form:
        if name not in given:
            given[name] = value
        else:
            before = given[name] if isinstance(given[name], list) else [given[name]]
            given[name] = [*before, value]
    return given
