"""The report of a check: findings, which become problems when the walk is over.

A finding points at a node of the tree. Its line and column are looked up only at the end, so
that a document without problems never pays for them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from ...errors import TwimlError
from ...problem import Level, Problem
from ...suggestions import nearest
from ..language._names import local_name
from ..language._vocabulary import vocabulary

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from ..language._nodes import Node
    from ..language._rows import ElementRow
    from ..language._tree import Tree


#: A rule takes an element, its row in the vocabulary, the name of its parent and the report, to
#: which it adds what it finds.
Rule = Callable[["Node", "ElementRow", str, "Report"], None]

_GUESSES = 100


class _Finding(NamedTuple):
    node: Node
    attribute: str | None
    code: int | None
    level: Level
    name: str
    message: str
    hint: str | None
    text: bool


class Report:
    """The findings in one document; *problems* puts them into document order."""

    def __init__(self, *, ignore: Collection[str] = ()) -> None:
        self._ignored = frozenset(ignore)
        self._findings: list[_Finding] = []
        #: How many findings there were, with those that are ignored.
        self.found = 0

    def guess(self, word: str, known: Iterable[str]) -> str | None:
        """Guess what *word* was meant to be, for the first hundred findings.

        A document with more of them is not mended by hints, and guessing takes time.
        """
        return nearest(word, known) if len(self._findings) < _GUESSES else None

    def add(
        self,
        node: Node,
        code: int | None,
        name: str,
        message: str,
        *,
        attribute: str | None = None,
        hint: str | None = None,
        level: Level | None = None,
        text: bool = False,
    ) -> None:
        """Add a finding about an element, about *attribute*, or about the *text* in it.

        Its level is the one that Twilio gives to *code*; without a code it is
        advice.
        """
        self.found += 1
        if name in self._ignored or (code is not None and str(code) in self._ignored):
            return
        row = None if code is None else vocabulary().codes[code]
        if level is None:
            level = row.level if row else "advice"
        if row is not None and row.consequence is not None:
            message = f"{message}; {row.consequence}"
        self._findings.append(_Finding(node, attribute, code, level, name, message, hint, text))

    def refuse(self) -> None:
        """Raise the first finding that is more than advice."""
        for finding in self._findings:
            if finding.code is not None:
                raise TwimlError(finding.message, hint=finding.hint, code=finding.code)

    def problems(self, tree: Tree) -> list[Problem]:
        """The findings as problems, by their place in the document; at one place in the order of
        finding.
        """
        if not self._findings:
            return []
        found = [_to_problem(finding, tree) for finding in self._findings]
        return sorted(found, key=lambda problem: (problem.line, problem.column))


def _to_problem(finding: _Finding, tree: Tree) -> Problem:
    line, column = tree.place(finding.node, finding.attribute, text=finding.text)
    return Problem(
        code=finding.code,
        level=finding.level,
        message=finding.message,
        line=line,
        column=column,
        element=local_name(str(finding.node.tag)),
        attribute=finding.attribute,
        hint=finding.hint,
        name=finding.name,
    )
