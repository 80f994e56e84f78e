"""The table of the language: every statement of phones' scripts and of dialogs, with its forms, help and examples."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from ..records import dataclass

#: The sections of the table whose statements are steps of scripts.
STEP_SECTIONS = ("ringing", "hearing", "acting", "blocks")


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement: *usage* says in an error how it is written, *forms* are all ways to write it."""

    name: str
    section: str
    forms: tuple[str, ...]
    usage: str
    help: str
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StatementTable:
    """All *statements* by name, and the titles of their *sections*."""

    sections: Mapping[str, str]
    statements: Mapping[str, Statement]

    def names(self, *sections: str) -> list[str]:
        """The names of the statements in *sections*, in their order."""
        return [each.name for each in self.statements.values() if each.section in sections]


@cache
def statement_table() -> StatementTable:
    """The table, read once."""
    read = json.loads((files(__package__) / "statements.json").read_text("utf-8"))
    rows = (
        Statement(**{**row, "forms": tuple(row["forms"]), "examples": tuple(row["examples"])})
        for row in read["statements"]
    )
    return StatementTable(read["sections"], {row.name: row for row in rows})
