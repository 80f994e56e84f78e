"""Advice: what is legal, but makes a caller suffer.

These look at the order of the verbs, that is at what runs after what. What the words of a prompt
suggest is in `_prompts`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

from ..language._vocabulary import vocabulary
from ._text import own_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml import etree

    from ._report import Report


#: Asks for an attribute of a verb, as written.
Attribute = Callable[[str], str | None]


def stops(ends: str, attribute: Attribute, *, waiting: bool = False) -> bool:
    """Whether no verb runs after one that *ends* in this way (`ElementRow.ends`).

    A verb with an action hands the call over to another document; Leave ends a document where a
    call is *waiting* in a queue.
    """
    if ends == "action":
        return attribute("action") is not None
    if ends == "input":
        return attribute("actionOnEmptyResult") == "true"
    return ends == "always" or (ends == "wait" and waiting)


_WAITING = frozenset({"wait", "queue-wait"})
#: Ways for a verb to end (`ElementRow.ends`) that need somebody at the other end of the line.
_INTERACTIVE = frozenset({"input", "recording", "payment", "action", "unknown"})
#: Those of them that request the current document again when there is no action.
_RETURNING = frozenset({"input", "recording", "payment"})


def advise_on_flow(
    root: etree._Element, report: Report, *, context: str | None, inline: bool
) -> None:
    """Look at the verbs of a document in the order in which they run."""
    ends = _ends_by_name()
    reached: list[etree._Element] = []
    for verb in root:
        if reached and _stops(reached[-1], ends, context):
            _report_unreachable(verb, reached[-1], report)
            break
        name = str(verb.tag)
        if name in _ADVICE:
            _ADVICE[name](verb, len(reached), report, context)
        if inline and ends.get(name) in _RETURNING and verb.get("action") is None:
            _advise_on_inline_action(verb, report)
        reached.append(verb)
    if reached and context is None:
        _advise_on_end(reached, report)


@cache
def _ends_by_name() -> dict[str, str]:
    return {name: row.ends for name, row in vocabulary().elements.items() if row.ends != "never"}


def _stops(verb: etree._Element, ends: dict[str, str], context: str | None) -> bool:
    how = ends.get(str(verb.tag))
    return how is not None and stops(how, verb.get, waiting=context in _WAITING)


_BECAUSE = {"action": ", which has action", "input": ", which has actionOnEmptyResult"}


def _report_unreachable(verb: etree._Element, after: etree._Element, report: Report) -> None:
    name, last = str(verb.tag), str(after.tag)
    because = _BECAUSE.get(_ends_by_name()[last], "")
    report.add(
        verb,
        None,
        "unreachable-verb",
        f"<{name}> is never reached: it comes after <{last}>{because}",
        hint=f"move it before <{last}>, or delete it",
    )


def _advise_on_end(reached: Sequence[etree._Element], report: Report) -> None:
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


def _is_interactive(verbs: Sequence[etree._Element]) -> bool:
    return any(_ends_by_name().get(str(verb.tag)) in _INTERACTIVE for verb in verbs)


def _advise_on_inline_action(verb: etree._Element, report: Report) -> None:
    report.add(
        verb,
        None,
        "inline-action",
        f"<{verb.tag!s}> has no action, and would request the current document: inline there is none",
        hint='add action="https://…" with the whole URL',
    )


def _advise_on_reject(verb: etree._Element, index: int, report: Report, _: str | None) -> None:
    if index > 0:
        report.add(
            verb,
            None,
            "reject-not-first",
            "<Reject> comes after another verb, and the call is answered by then",
            hint="make it the first verb, or use <Hangup>",
        )


def _advise_on_leave(verb: etree._Element, _: int, report: Report, context: str | None) -> None:
    if context not in _WAITING:
        report.add(
            verb,
            None,
            "leave-outside-queue",
            "<Leave> has its effect only in the wait document of a queue",
            hint="use <Hangup>, or check with the context queue-wait",
        )


def _advise_on_record(verb: etree._Element, _: int, report: Report, __: str | None) -> None:
    if verb.get("action") is None:
        report.add(
            verb,
            None,
            "record-again",
            "<Record> has no action: when it ends, this document is requested and runs again",
            hint='add action="…" with what comes after the recording',
        )


def _advise_on_loop(verb: etree._Element, _: int, report: Report, context: str | None) -> None:
    if verb.get("loop") == "0" and context is None:
        report.add(
            verb,
            None,
            "endless-prompt",
            f'<{verb.tag!s} loop="0"> repeats up to 1,000 times; the caller hears nothing else',
            attribute="loop",
            hint="write how often it is to be heard",
        )


_ADVICE: dict[str, Callable[[etree._Element, int, Report, str | None], None]] = {
    "Leave": _advise_on_leave,
    "Play": _advise_on_loop,
    "Record": _advise_on_record,
    "Reject": _advise_on_reject,
    "Say": _advise_on_loop,
}
