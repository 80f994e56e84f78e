"""What is told of a dialog in one screen: its lines, what was heard instead, what Twilio logged, and why."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ..display import visible_line
from ..timeline import clock
from ._expect import errors_of

if TYPE_CHECKING:
    from ..timeline import Event
    from ._result import DialogResult, LineResult

_WIDTH = 100
#: How many lines before and behind the one that failed are told, and how many of an error and its traceback.
_BEFORE, _BEHIND, _MOST_ERRORS, _MOST_TRACE = 8, 4, 2, 10
_MOST_WORDS = 30
#: What to do about an address at which nothing is mounted in a world that was made for the dialog.
_ADVICE = "name what answers in a line above the dialog, app: FILE.py:NAME or given app FILE.py:NAME at URL"


def write_report(result: DialogResult) -> str:
    """The report; of a dialog that passed, the conversation."""
    lines = [_head(result), *_shown_lines(result), *_error_of(result)]
    if not result.passed:
        lines += _log_lines(result)
    return "\n".join(visible_line(line.rstrip()) for line in lines)


def _head(result: DialogResult) -> str:
    dialog = result.dialog
    became = "passed" if result.passed else "failed"
    call = result.call
    lasted = f", {call.duration} s" if call is not None and call.duration is not None else ""
    status = f" ({call.status}{lasted})" if call is not None else ""
    line = result.failure.number if result.failure else dialog.text.line
    place = f"{dialog.place_of(line)}: " if dialog.path else ""
    return f"{place}{dialog.name}: {became}{status}"


def _shown_lines(result: DialogResult) -> Iterator[str]:
    shown = excerpt_of(result)
    if shown and shown[0] is not result.lines[0]:
        yield "  …"
    for heading, line in result.with_headings(shown):
        if heading:
            yield f"  {heading}"
        at = "" if line.at is None else clock(line.at)
        yield f"  {line.mark} {at:>7}  {line.text}"
        yield from _instead(line)
    if shown and shown[-1] is not result.lines[-1]:
        yield "  …"


def excerpt_of(result: DialogResult) -> Sequence[LineResult]:
    """The lines that are told: all, or of a dialog that failed those around the first that did, and all that did."""
    failure = result.failure
    if failure is None:
        return result.lines
    place = result.lines.index(failure)
    near = result.lines[max(0, place - _BEFORE) : place + 1 + _BEHIND]
    others = [line for line in result.lines if line.mark == "✗" and line not in near]
    return [*near, *others[:_BEHIND]]


def _instead(line: LineResult) -> Iterator[str]:
    for told in told_instead(line):
        yield from _wrap(told, " " * 13, " " * 15)


def _wrap(text: str, head: str, indent: str) -> Iterator[str]:
    """*text* behind *head*, in lines of which none is a command to a program that reads them."""
    lines = textwrap.wrap(
        text,
        _WIDTH,
        initial_indent=head,
        subsequent_indent=indent,
        break_on_hyphens=False,
        break_long_words=False,
    )
    for line in lines:
        rest = line.lstrip()
        yield line.replace(rest, f"…{rest}") if rest.startswith("::") else line


def told_instead(line: LineResult) -> Iterator[str]:
    """What is told of a line that did not come true."""
    if line.mark != "✗":
        return
    if line.heard is not None:
        words = line.heard.split()
        shown = " ".join(words[-_MOST_WORDS:])
        cut = "…" if len(words) > _MOST_WORDS else ""
        yield f"heard “{cut}{shown}”" if words else "heard nothing more"
    if line.told:
        yield line.told


def _error_of(result: DialogResult) -> Iterator[str]:
    if result.error is not None:
        yield from (f"  {line}" for line in result.error.box())


def _log_lines(result: DialogResult) -> Iterator[str]:
    """What Twilio logged, and the application's own traceback."""
    errors = [*errors_of(result), *_other_exceptions(result)][-_MOST_ERRORS:]
    if errors:
        yield "  What Twilio logged:"
    for event in errors:
        trace = str(event.data.get("traceback", "")).splitlines()
        text = tell_logged(event.text, result)
        text = text.partition("; the application raised ")[0] if trace else text
        head = f"    {clock(event.at)} "
        yield from _wrap(text, head, " " * len(head))
        yield from (f"      {line}" for line in trace[-_MOST_TRACE:])


def tell_logged(text: str, result: DialogResult) -> str:
    """*text*, which Twilio logged, with the next step where nothing is mounted that the dialog asked for."""
    from ..simulation import replace_mount_advice

    return replace_mount_advice(text, _ADVICE) if result.is_in_own_world else text


def _other_exceptions(result: DialogResult) -> list[Event]:
    """Exceptions of applications that are no error to Twilio, such as those in a status callback."""
    return [
        event
        for call in result.calls
        for event in call.timeline
        if "traceback" in event.data and "code" not in event.data
    ]
