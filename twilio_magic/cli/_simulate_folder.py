"""``twilio-magic simulate FOLDER``: a call for each document in a folder, and what became of it in a line."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from ..display import count_of, visible_line
from ..errors import NotXml, TwilioMagicError
from ._documents import explain_unreadable, find_documents, read_text
from ._simulated_call import NUMBER, begin_call, call_data, exit_status, failures
from ._terminal import dump_json, print_text, write

if TYPE_CHECKING:
    from ..api import Call
    from ..timeline import Line

#: Where the folder stands on the simulated web, so that relative URLs lead from one document to another.
_SITE = "https://twiml.example.com/"


def simulate_folder(options: argparse.Namespace) -> int:
    """Place a call for each document of the folder, each in a world of its own; returns the exit status."""
    folder = Path(options.document)
    names = list(find_documents(folder))
    texts = dict(_read(names))
    if not names:
        raise TwilioMagicError(
            f"There is no document in {folder}.",
            hint="Documents are files that end in .twiml or .xml.",
        )
    calls = [(name, _run(name, texts, options)) for name in texts if _is_twiml(texts[name])]
    if options.format == "json":
        rows: list[dict[str, Any]] = [{"document": name, **call_data(call)} for name, call in calls]
        write(f"{dump_json(rows)}\n")
    else:
        print_text("\n".join(_tell(calls)))
    if len(texts) < len(names):
        return 2
    return int(any(exit_status(call) for _, call in calls))


def _read(names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The text of each file that can be read; of another it is told why not."""
    for name in names:
        try:
            yield name, read_text(name)
        except (OSError, UnicodeDecodeError) as error:
            print_text(visible_line(explain_unreadable(name, error)), file=sys.stderr)


def _is_twiml(text: str) -> bool:
    """Whether *text* is meant as TwiML: XML of another kind may stand in a folder, too."""
    from .. import twiml

    try:
        return twiml.parse(text).root.name == twiml.vocabulary().root
    except NotXml:
        return True  # the call says what is wrong


def _run(name: str, texts: dict[str, str], options: argparse.Namespace) -> Call:
    """The call that the document *name* answers, when it is over; the others of *texts* stand beside it."""
    from ..simulation import Entrance, Simulator

    simulator = Simulator(options.seed, network=options.network)
    addresses = {
        each: _SITE + quote(Path(each).relative_to(options.document).as_posix()) for each in texts
    }
    for each, text in texts.items():
        simulator.host(text, at=addresses[each])
    return begin_call(simulator, Entrance(NUMBER, addresses[name]), options).wait()


def _quote(line: Line) -> str:
    """The words of *line* in quotes, or what was done instead of speaking, in brackets."""
    return line.text if line.text.startswith("[") else f"“{line.text}”"


def _tell(calls: Sequence[tuple[str, Call]]) -> Iterator[str]:
    """A line for each call with what was heard, one for each failure, and one that counts them."""
    for name, call in calls:
        mark = "✗" if exit_status(call) else "✓"
        heard = " ".join(map(_quote, call.transcript))
        yield visible_line(f"{mark} {name}: {call.status}, {call.duration or 0} s {heard}").rstrip()
        yield from (visible_line(f"    {failure}") for failure in failures(call))
    failed = sum(exit_status(call) for _, call in calls)
    yield f"{count_of(len(calls), 'document')}, {failed} failed."
