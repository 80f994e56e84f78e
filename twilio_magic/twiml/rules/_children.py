"""Rules for children: how many an element takes, and which go together."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from ..language._vocabulary import vocabulary
from ._elsewhere import list_tags
from ._text import own_text

if TYPE_CHECKING:
    from ..language._nodes import Node
    from ..language._rows import ElementRow
    from ._report import Report


def limits_children(row: ElementRow) -> bool:
    """Whether the number or the mixture of children is limited."""
    return bool(row.occurs or row.nouns or row.mixing)


@cache
def _needs_children(row: ElementRow) -> bool:
    """Whether something is wrong where there are none at all."""
    return row.nouns is not None or any(least for least, _ in row.occurs.values())


def check_children(node: Node, row: ElementRow, _parent: str, report: Report) -> None:
    """Check the number and the mixture of the children."""
    if not len(node) and not _needs_children(row):
        return
    text = bool(own_text(node)) if row.text.policy != "forbidden" else False
    names = [str(child.tag) for child in node]
    if len(names) == 1 and not text and names[0] in row.children:
        return  # one of those that may stand there: nothing can be missing, or too much
    numbers = {name: names.count(name) for name in set(names)}
    for name, (least, most) in row.occurs.items():
        _check_occurrences(node, row, name, (least, most), numbers.get(name, 0), report)
    if row.nouns:
        _check_nouns(node, row, len(node), report)
    if row.mixing and numbers:
        _check_mixing(node, row, numbers, report, text=text)


def _check_occurrences(
    node: Node,
    row: ElementRow,
    child: str,
    bounds: tuple[int, int | None],
    number: int,
    report: Report,
) -> None:
    least, most = bounds
    if number < least and row.text.policy != "conditional":
        code = row.codes.get("childless", vocabulary().schema_code)
        report.add(node, code, "missing-child", f"<{row.name}> needs a <{child}> inside it")
    elif most is not None and number > most:
        code = row.codes.get(child, row.codes.get("repeated", vocabulary().schema_code))
        message = f"<{row.name}> has {number} <{child}>, and takes at most {most}"
        report.add(_find_surplus(node, child, most), code, "too-many", message)


def _find_surplus(node: Node, name: str, index: int) -> Node:
    """Find the first child that is one too many."""
    return node.findall(name)[index]


def _check_nouns(node: Node, row: ElementRow, number: int, report: Report) -> None:
    least, most = row.nouns or (0, number)
    if number < least and not len(node):
        hint = f"put {list_tags(row.children)} inside"
        report.add(
            node, vocabulary().schema_code, "missing-child", f"<{row.name}> is empty", hint=hint
        )
    elif number > most:
        message = f"<{row.name}> has {number} nouns, and takes {most}"
        report.add(
            node[most],
            vocabulary().schema_code,
            "too-many",
            message,
            hint=f"write a <{row.name}> for each",
        )


def _check_mixing(
    node: Node, row: ElementRow, numbers: dict[str, int], report: Report, *, text: bool
) -> None:
    together = sum([numbers.get(name, 0) for name in row.mixing["together"]])
    alone = [name for name in row.mixing["alone"] if name in numbers]
    most = row.mixing["max_total"]
    if together > most:
        message = f"<{row.name}> rings {together} parties, and at most {most} are possible"
        report.add(node, row.codes.get("child", vocabulary().schema_code), "too-many", message)
    if alone and together + sum(numbers[name] for name in alone) > 1:
        _report_mixing(node, row, alone[0], numbers, report)
    if text and (together or alone):
        message = f"<{row.name}> has text and nouns, and both name whom to call"
        report.add(
            node,
            vocabulary().schema_code,
            "mixed",
            message,
            hint="put the text into a noun of its own",
        )


def _report_mixing(
    node: Node, row: ElementRow, name: str, numbers: dict[str, int], report: Report
) -> None:
    others = [other for other in row.children if other in numbers and other != name]
    if others:
        message = f"<{name}> stands beside <{others[0]}> in <{row.name}>, and has to be alone"
    else:
        message = f"<{name}> stands {numbers[name]} times in <{row.name}>, and may only once"
    # Twilio's 13000 speaks of Conference twice, or beside Number; the other mixtures break the
    # schema.
    own = row.mixing["own_code"]
    documented = name == own["noun"] and (not others or own["beside"] in others)
    code = row.codes["mixed"] if documented else vocabulary().schema_code
    report.add(_find_surplus(node, name, 0), code, "mixed", message)
