"""What a failed test says of its calls, in one screen: its script, what went wrong, and what was heard and happened."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from ..api import FINAL, Client
from ..display import count_of, visible_line
from ..excerpt import Gap
from ..timeline import clock, name_parties
from ..tracebacks import cut_traceback

if TYPE_CHECKING:
    from ..api import Call
    from ..errors import PhoneScriptError
    from ..simulation import Simulator
    from ..timeline import Event, Line

_MOST_LINES, _MOST_EVENTS, _MOST_ERRORS, _MOST_OTHERS = 8, 10, 2, 5
_INDENT = "    "


def describe_unmet(unmet: Sequence[PhoneScriptError], simulator: Simulator, width: int) -> str:
    """Why the scripts in *unmet* have not come true: the first with its call, the others in a line each."""
    first, *others = unmet
    calls = _calls(simulator)
    call = next((call for call in calls if first.call_sid in _legs(call)), None)
    is_generator = "()" in (first.place or "")
    message = _name(first.message, simulator)
    head = f"{message} ({first.place})" if is_generator else message
    shown = cut_traceback(first.__cause__).splitlines() if first.__cause__ else first.excerpt
    blocks = [_wrap(head, width), _indent(shown)]
    if (call is None or call.status not in FINAL) and first.hint:
        blocks.append(_wrap(f"→ {first.hint}", width))
    blocks += _story(call, width, first.message) if call else [_list_calls(calls, simulator)]
    blocks.append([f"Also: {_name(each.message, simulator)}" for each in others[:_MOST_OTHERS]])
    return _join(blocks)


def _name(message: str, simulator: Simulator) -> str:
    """*message* with the names of phones, as cards have them: the address behind the name at first."""
    names = simulator.phones.names
    first = {address: f"{name} ({address})" for address, name in names.items()}
    told, quote, words = message.partition("“")
    return f"{name_parties(told, first)}{quote}{words}"


def describe_count(number: int, simulator: Simulator) -> str:
    """Which calls were made, if they are not *number*; empty if they are."""
    calls = _calls(simulator)
    if len(calls) == number:
        return ""
    made = count_of(len(calls), "was", "were")
    head = f"Expected {count_of(number, 'call')}, and {made} made."
    hint = f"→ If that is right, say so: @pytest.mark.twilio_calls({len(calls)})"
    return _join([[head], _list_calls(calls, simulator), [hint]])


def describe_last_call(simulator: Simulator, width: int) -> list[tuple[str, str]]:
    """Sections of a report: what happened in the last call, and which scripts have not come true."""
    calls, unmet = _calls(simulator), simulator.unmet_scripts()
    blocks: list[list[str]] = _story(calls[-1], width) if calls else []
    blocks.append([_name(each.message, simulator) for each in unmet[:_MOST_OTHERS]])
    title = "Simulated call" if len(calls) < 2 else f"The last of {len(calls)} simulated calls"
    return [(title, _join(blocks))] if any(blocks) else []


def _story(call: Call, width: int, told: str = "") -> list[list[str]]:
    """What went wrong in *call*, what was heard, and what happened last; not what was *told* before."""
    between = f"the call {_parties(call, call.timeline.names)}"
    heard = [line for each in _transcript_lines(call, width) for line in each]
    return [
        *([["What went wrong:", *wrong]] if (wrong := _indent(_errors(call, width))) else []),
        [f"What was heard in {between}:", *_indent(heard)]
        if heard
        else [f"Nothing was heard in {between}."],
        [f"What happened last ({call.status}):", *_indent(_events(call, width, told))],
    ]


def _errors(call: Call, width: int) -> list[str]:
    """The last errors of web applications in *call*, with their tracebacks."""
    errors = [event for event in call.timeline if event.data.keys() & {"code", "traceback"}]
    failed = [event for event in errors if event.kind == "failed"] or errors
    return [line for event in failed[-_MOST_ERRORS:] for line in _error(event, width)]


def _error(event: Event, width: int) -> Iterator[str]:
    trace = str(event.data.get("traceback", "")).splitlines()
    text = event.text.partition("; the application raised ")[0] if trace else event.text
    yield from _wrap(text, width - len(_INDENT))
    yield from (f"  {line}" for line in trace)


def _transcript_lines(call: Call, width: int) -> Iterator[list[str]]:
    lines = call.transcript
    speakers = max((len(_speaker(line)) for line in lines), default=0)
    if len(lines) > _MOST_LINES:
        yield [f"… {count_of(len(lines) - _MOST_LINES, 'line')} before"]
    for line in lines[-_MOST_LINES:]:
        yield _hang(f"{clock(line.at)}  {_speaker(line):<{speakers}}  ", line.text, width)


def _speaker(line: Line) -> str:
    return line.name or line.speaker


def _events(call: Call, width: int, before: str) -> list[str]:
    """The last events, a line each."""
    parties = {sid: call.timeline.name_of(each) for sid, each in call.timeline.parties.items()}
    news = [event for event in call.timeline if not (event.text and before.startswith(event.text))]
    named = [each for each in call.timeline.name_parts(news) if not isinstance(each, Gap)]
    events = named[-_MOST_EVENTS:]
    kinds = max((len(event.kind) for event in events), default=0)
    legs = max(map(len, parties.values())) if len(parties) > 1 else 0
    told = (
        f"{clock(event.at)}  {f'{parties[event.leg]:<{legs}}  ' if legs else ''}{event.kind:<{kinds}}  {event.text}"
        for event in events
    )
    return [_cut(line.rstrip(), width - len(_INDENT)) for line in told]


def _list_calls(calls: Sequence[Call], simulator: Simulator) -> list[str]:
    """The calls that were made, a line each."""
    if not calls:
        return ["No call was made."]
    names = simulator.phones.names
    made = [f"{_parties(call, names)}, {call.direction}, {call.status}" for call in calls]
    return ["The calls:", *_indent(made)]


def _parties(call: Call, names: Mapping[str, str]) -> str:
    """Who called whom: each address, behind the name of its phone."""
    return " → ".join(
        f"{names.get(each, '')} {each}".lstrip() for each in (call.from_, call.to or "")
    )


def _calls(simulator: Simulator) -> list[Call]:
    """The calls that were placed or came in, the first one first; not the legs that they dialed."""
    made = Client(simulator=simulator).calls.list()
    return [call for call in reversed(made) if not call.parent_call_sid]


def _legs(call: Call) -> set[str]:
    return {call.sid, *call.timeline.parties}


def _wrap(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False)


def _hang(head: str, text: str, width: int) -> list[str]:
    """*text* behind *head*, its further lines below its first."""
    blank = " " * len(head)
    return textwrap.wrap(
        text,
        width - len(_INDENT),
        initial_indent=head,
        subsequent_indent=blank,
        break_on_hyphens=False,
    ) or [head.rstrip()]


def _indent(lines: Iterable[str]) -> list[str]:
    return [f"{_INDENT}{line}" for line in lines]


def _cut(line: str, width: int) -> str:
    return line if len(line) <= width else f"{line[: width - 1]}…"


def _join(blocks: Iterable[list[str]]) -> str:
    """*blocks* of lines with an empty line between them."""
    return "\n\n".join("\n".join(map(visible_line, lines)) for lines in blocks if lines)
