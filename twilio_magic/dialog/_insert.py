"""Writing what was heard into dialogs in which nobody says it, at the places at which it was heard."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from math import inf
from typing import TYPE_CHECKING

from ..scripts import Block, Script, Step

if TYPE_CHECKING:
    from ..scripts import Node, PartyText
    from ..simulation import HeardWord, ScriptRun
    from ._dialog import Dialog
    from ._result import DialogResult

#: How many lines are written in one place at most: who waits in a queue hears the same for hours.
_MOST_LINES = 20
#: For how many seconds a prompt is listened to.
_PROMPT_SECONDS = 120.0
#: Steps that say themselves what is heard, or what must not be.
_WORDS = ("hear", "not")
#: Steps before which nothing is written: those of the ringing, and those that only let time pass.
_QUIET = ("ring", "answer", "busy", "no answer", "reject", "fail", "machine", "fax", "wait")
#: Steps behind which a key is pressed at a moment of their own, and not when Twilio has asked for it.
_TIMED = ("wait", "machine", "silence", "hear beep", "hear sound", "hear text", "hear message")


def insert_hears(dialog: Dialog, seed: int | None) -> str:
    """The text of the file of *dialog*, with what its parties heard that hear nothing in it, a ``hear`` a sentence.

    Before a key the whole prompt is heard, unless the dialog says when it is pressed. Nothing is written into a dialog
    that does not pass, behind a ``one of``, and that would not come true when the dialog is run again.
    """
    places = [
        place
        for place, party in enumerate(dialog.text.parties)
        if not any(step.action in _WORDS for step in party.script.steps)
    ]
    result = dialog.run(seed=seed) if places else None
    if result is None or not result.passed:
        return dialog.source
    for place in places:
        nodes = dialog.text.parties[place].script.nodes
        steady = next((n for n, node in enumerate(nodes) if _is_choice(node)), len(nodes))
        for left in range(len(nodes), len(nodes) - steady - 1, -1):
            result = _insert(result, place, left, seed)
    return result.dialog.source


def _is_choice(node: Node) -> bool:
    """Whether something in *node* is left to the seed."""
    return isinstance(node, Block) and (
        len(node.parts) > 1 or any(_is_choice(each) for part in node.parts for each in part)
    )


def _insert(result: DialogResult, place: int, left: int, seed: int | None) -> DialogResult:
    """What becomes of the dialog with what its party at *place* heard before the last *left* nodes of its script.

    It is *result* if there is nothing to insert.
    """
    party = result.dialog.text.parties[place]
    index = len(party.script.nodes) - left
    run = _run_of(party.script, result)
    if run is None or (left and _is_quiet(party.script.nodes[index])):
        return result
    if not left:
        while index and _moment(party.script.nodes[index - 1], run) is None:
            index -= 1  # the call was over before
        heard = [_until(inf, run)]
    else:
        heard = _heard_before(index, party, run, result, seed)
    for words in heard:
        steps = list(islice(_hear_steps(words, run), _MOST_LINES))
        became = _run_with(steps, party, index, result, seed) if steps else result
        if became is not result and became.passed:
            return became
    return result


def _run_with(
    steps: Sequence[str], party: PartyText, index: int, result: DialogResult, seed: int | None
) -> DialogResult:
    """What becomes of the dialog with *steps* before the node at *index* of the script of *party*."""
    source = _write(result.dialog.source, party, index, steps)
    return result.dialog.read_again(source).run(seed=seed)


def _heard_before(
    index: int, party: PartyText, run: ScriptRun, result: DialogResult, seed: int | None
) -> list[Sequence[HeardWord]]:
    """The words heard before the node at *index*: the whole prompt if a key is pressed there, and those of the call."""
    nodes = party.script.nodes
    moment = _moment(nodes[index], run)
    if moment is None:
        return []
    heard = [_until(moment, run)]
    if _waits_for_prompt(nodes, index):
        heard.insert(0, _words_of_prompt(index, moment, party, result, seed))
    return heard


def _is_quiet(node: Node) -> bool:
    return isinstance(node, Step) and node.action in _QUIET


def _run_of(script: Script, result: DialogResult) -> ScriptRun | None:
    runs = [run for run in result.simulator.phones.script_runs if run.script is script]
    return max(runs, key=lambda run: len(run.done), default=None)


def _moment(node: Node, run: ScriptRun) -> float | None:
    """When *node* was begun, in seconds since the world began."""
    starts = {step.start for step in Script("", (node,)).steps}
    return next((at for step, at in run.done if step.start in starts), None)


def _waits_for_prompt(nodes: tuple[Node, ...], index: int) -> bool:
    """Whether the node at *index* begins with a key that is pressed when Twilio has asked for it."""
    first = Script("", nodes[index : index + 1]).steps[0]
    before = Script("", nodes[:index]).steps[-1:]
    return first.action == "press" and not any(step.action in _TIMED for step in before)


def _words_of_prompt(
    index: int, pressed: float, party: PartyText, result: DialogResult, seed: int | None
) -> Sequence[HeardWord]:
    """What is said until Twilio has waited in vain for the key that was *pressed* then; empty for no prompt."""
    script = party.script
    listening = (Step("wait", seconds=_PROMPT_SECONDS), Step("hang up"))
    silent = replace(party, script=Script(script.source, (*script.nodes[:index], *listening)))
    text = result.dialog.text
    parties = tuple(silent if each is party else each for each in text.parties)
    became = replace(result.dialog, text=replace(text, parties=parties)).run(seed=seed)
    run = _run_of(silent.script, became)
    return [] if run is None else _until(_end_of_prompt(run, pressed, became), run)


def _end_of_prompt(run: ScriptRun, pressed: float, result: DialogResult) -> float:
    """When Twilio gives up waiting for a key, which it does at the moment *pressed*; 0 if it waits for none."""
    events = [each for call in result.calls for each in call.timeline if each.leg == run.call_sid]
    if not events or run.ended is None:
        return 0.0
    created = run.ended - events[-1].at
    asked = [
        n
        for n, each in enumerate(events)
        if each.kind == "gathering" and each.at + created <= pressed
    ]
    if not asked:
        return 0.0
    ends = (each.at + created for each in events[asked[-1] :] if each.kind == "timed out")
    return next(ends, inf)


def _until(moment: float, run: ScriptRun) -> Sequence[HeardWord]:
    return [word for word in run.unmatched_words if word.at <= moment + 0.001]


def _hear_steps(words: Sequence[HeardWord], run: ScriptRun) -> Iterator[str]:
    from ..simulation import hear_steps

    first = words[0].at if words else 0.0
    return hear_steps(words, max((at for _, at in run.done if at <= first), default=0.0))


def _write(source: str, party: PartyText, index: int, steps: Sequence[str]) -> str:
    """*source* with *steps* before the node at *index* of the script of *party*, in lines of their own."""
    lines, script = source.split("\n"), party.script
    if index == len(script.nodes):
        behind = party.line + script.source.count("\n")
        lines[behind:behind] = [f"{_indent(party)}{step}" for step in steps]
        return "\n".join(lines)
    start = script.nodes[index].start
    number = party.line + script.source.count("\n", 0, start)
    column = start - (script.source.rfind("\n", 0, start) + 1)
    whole = lines[number - 1]
    indent = whole[: len(whole) - len(whole.lstrip())]
    before = whole[:column].rstrip().removesuffix(";").rstrip()
    new = [before, *(f"{indent}{step}" for step in steps), f"{indent}{whole[column:]}"]
    lines[number - 1 : number] = [line for line in new if line]
    return "\n".join(lines)


def _indent(party: PartyText) -> str:
    """What stands before the steps of *party*."""
    nodes = party.script.nodes
    start = nodes[-1].start if nodes else 0
    line = party.script.source.split("\n")[party.script.source.count("\n", 0, start)]
    if not nodes:
        line = f"{party.place.whole[: party.place.column - 1]}  "
    return line[: len(line) - len(line.lstrip())]
