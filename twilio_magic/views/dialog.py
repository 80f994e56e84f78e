"""Dialogs as conversations with a tick at each line, or what was heard in its place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from markupsafe import Markup

from ..display import count_of, keep_units
from ..timeline import clock
from ._rows import rows
from ._theme import BAD, FAINT, GOOD, MONO, QUIET, WRAP, block, card, grid, span, verbatim

if TYPE_CHECKING:
    from ..dialog import DialogList, DialogResult, DialogResults, LineResult

_COLORS = {"✓": GOOD, "✗": BAD, "·": FAINT, "–": FAINT}


def bundle(result: DialogResult) -> dict[str, str]:
    """The MIME bundle of *result*."""
    return {"text/plain": result.report, "text/html": str(_html(result))}


def bundle_of_several(results: DialogResults) -> dict[str, str]:
    """The MIME bundle of several."""
    gap = Markup('<div style="height:8px"></div>')
    parts = gap.join(_html(result) for result in results)
    return {"text/plain": repr(results), "text/html": str(parts + _count(results))}


def bundle_of_unrun(listed: DialogList) -> dict[str, str]:
    """The MIME bundle of dialogs that are not run: where each stands, and its name."""
    lines = ((each.place, each.name) for each in listed)
    shown = rows("Dialogs", ("where", "dialog"), lines, repr(listed))
    return {"text/plain": repr(listed), "text/html": str(shown)}


def _count(results: DialogResults) -> Markup:
    failed = len(results.failures)
    color = BAD if failed else GOOD
    told = f"{count_of(len(results), 'dialog')}, {failed} failed"
    return block(told, f"color:{color};margin-top:4px")


def _html(result: DialogResult) -> Markup:
    color, mark = (GOOD, "✓") if result.passed else (BAD, "✗")
    head = Markup("{} <b>{}</b> {}").format(
        span(mark, f"color:{color}"),
        result.dialog.name,
        span(keep_units(_call(result)), f"color:{FAINT}"),
    )
    parts = [block(head, f"margin-bottom:4px;{WRAP}")]
    if result.lines:
        parts.append(grid("auto auto minmax(0,1fr)", _cells(result)))
    if result.error is not None:
        parts.append(verbatim("\n".join(result.error.box())))
    elif not result.passed:
        parts += _log_lines(result)
    return card(*parts)


def _call(result: DialogResult) -> str:
    call = result.call
    if call is None:
        return ""
    lasted = "" if call.duration is None else f", {call.duration} s"
    ends = result.name_of(call.from_), result.name_of(call.to) or "an application"
    return f"{' → '.join(ends)}, {call.status}{lasted}"


def _cells(result: DialogResult) -> Iterator[Markup]:
    for heading, line in result.with_headings(result.lines):
        if heading:
            yield span(heading, f"color:{FAINT};font-size:85%;grid-column:1/-1;margin-top:4px")
        yield from _row(line)


def _row(line: LineResult) -> Iterator[Markup]:
    color = _COLORS[line.mark]
    at = "" if line.at is None else clock(line.at)
    yield span(line.mark, f"color:{color};font-weight:600")
    yield span(at, f"color:{FAINT};font-family:{MONO};font-size:90%;text-align:right")
    ink = {"✗": f"color:{BAD};", "✓": ""}.get(line.mark, f"color:{QUIET};")
    text = span(line.text, f"{ink}font-family:{MONO};font-size:90%;{WRAP}")
    yield block(text + Markup("").join(_instead(line)))


def _instead(line: LineResult) -> Iterator[Markup]:
    from ..dialog import told_instead

    for told in told_instead(line):
        yield block(keep_units(told), f"color:{BAD};margin:0 0 2px 1em;{WRAP}")


def _log_lines(result: DialogResult) -> Iterator[Markup]:
    from ..dialog import errors_of, tell_logged

    for event in errors_of(result)[-2:]:
        text = f"{clock(event.at)} {tell_logged(event.text, result)}"
        yield block(keep_units(text), f"color:{BAD};margin-top:6px;{WRAP}")
        if trace := event.data.get("traceback"):
            yield verbatim(trace)
