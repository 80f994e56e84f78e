"""Advice on call flow: documents that are legal, but bad for the caller.

It looks at the order in which the verbs run. Advice on the words of prompts is in `_prompts`.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from ..language._vocabulary import vocabulary
from ._text import full_text, own_text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ..language._nodes import Node
    from ..language._rows import Context, Ending
    from ._report import Report

    #: The verbs that run before another.
    Verbs = Sequence[Node]


def advise_on_flow(root: Node, report: Report, *, context: Context | None, inline: bool) -> None:
    """Advise on the verbs of a document, in the order in which they run."""
    endings = _endings()
    reached: list[Node] = []
    ends = False
    for verb in root:
        if ends:
            _report_unreachable(verb, reached[-1], report)
            break
        name = str(verb.tag)
        if name in _ADVICE:
            _ADVICE[name](verb, reached, report, context)
        ending = endings.get(name)
        if ending is not None:
            ends = ending.is_final(verb.get, waiting=context is not None and context.waiting)
            if inline and ending.returns and verb.get("action") is None:
                _advise_on_inline_action(verb, report)
        reached.append(verb)
    if reached and context is None:
        _advise_on_end(reached, report)


@cache
def _endings() -> dict[str, Ending]:
    """How each verb ends, by its name, without the verbs that the next one always follows."""
    rows, endings = vocabulary().elements.values(), vocabulary().endings
    return {row.name: endings[row.ends] for row in rows if row.ends != "never"}


def _report_unreachable(verb: Node, after: Node, report: Report) -> None:
    name, last = str(verb.tag), str(after.tag)
    needed = _endings()[last].stops_with[:1]
    because = f", which has {needed[0]}" if needed else ""
    report.add(
        verb,
        None,
        "unreachable-verb",
        f"<{name}> is never reached: it comes after <{last}>{because}",
        hint=f"move it before <{last}>, or delete it",
    )


def _advise_on_end(reached: Sequence[Node], report: Report) -> None:
    last = reached[-1]
    if last.tag == "Gather" and last.get("actionOnEmptyResult") != "true":
        message = "nothing comes after <Gather>: a caller who enters nothing is hung up on"
        hint = "add what happens then, such as a <Say> and a <Redirect>"
        report.add(last, None, "gather-without-fallback", message, hint=hint)
    elif last.tag == "Start":
        message = "nothing comes after <Start>: the call ends, and what was started with it"
        hint = "add the verb that the call goes on with"
        report.add(last, None, "start-last", message, hint=hint)
    elif last.tag == "Redirect" and not own_text(last) and not _is_interactive(reached):
        message = "this document starts again for ever: nothing in it waits for the caller"
        hint = "add a <Gather>, or end with <Hangup>"
        report.add(last, None, "endless-loop", message, hint=hint)


def _is_interactive(verbs: Sequence[Node]) -> bool:
    known = (_endings().get(str(verb.tag)) for verb in verbs)
    return any(ending is not None and ending.interactive for ending in known)


def _advise_on_inline_action(verb: Node, report: Report) -> None:
    report.add(
        verb,
        None,
        "inline-action",
        f"<{verb.tag!s}> has no action, and would request the current document: inline there is none",
        hint='add action="https://…" with the whole URL',
    )


def _advise_on_reject(verb: Node, reached: Verbs, report: Report, _: Context | None) -> None:
    answering = next((earlier for earlier in reached if not _leaves_ringing(earlier)), None)
    if answering is not None:
        report.add(
            verb,
            None,
            "reject-not-first",
            f"<Reject> comes after <{answering.tag!s}>, and the call is answered by then",
            hint="make it the first verb, or use <Hangup>",
        )


def _leaves_ringing(verb: Node) -> bool:
    """Whether a call that still rings may be ringing after *verb*; what is no verb is skipped."""
    row = vocabulary().elements.get(str(verb.tag))
    return row is None or row.leaves_ringing(verb.get, full_text(verb))


def _advise_on_leave(verb: Node, _: Verbs, report: Report, context: Context | None) -> None:
    if context is None or not context.waiting:
        report.add(
            verb,
            None,
            "leave-outside-queue",
            "<Leave> has its effect only in the wait document of a queue",
            hint="use <Hangup>, or check with the context queue-wait",
        )


def _advise_on_record(verb: Node, _: Verbs, report: Report, __: Context | None) -> None:
    if verb.get("action") is None:
        report.add(
            verb,
            None,
            "record-again",
            "<Record> has no action: when it ends, this document is requested and runs again",
            hint='add action="…" with what comes after the recording',
        )


def _advise_on_loop(verb: Node, _: Verbs, report: Report, context: Context | None) -> None:
    if verb.get("loop") == "0" and context is None:
        report.add(
            verb,
            None,
            "endless-prompt",
            f'<{verb.tag!s} loop="0"> repeats up to 1,000 times; the caller hears nothing else',
            attribute="loop",
            hint="write how often it is to be heard",
        )


_ADVICE: dict[str, Callable[[Node, Verbs, Report, Context | None], None]] = {
    "Leave": _advise_on_leave,
    "Play": _advise_on_loop,
    "Record": _advise_on_record,
    "Reject": _advise_on_reject,
    "Say": _advise_on_loop,
}
