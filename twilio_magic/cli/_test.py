"""``twilio-magic test``: run dialogs, the conversations that are kept as tests."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from ..coverage_options import add_coverage_options
from ..display import count_of, visible_line
from ..errors import DialogError
from ._command_parser import add_command
from ._coverage import asks_coverage, find_coverage, tell_coverage
from ._dialog_reports import DIALOG_FORMATS, DialogOutcome
from ._terminal import print_text, write

if TYPE_CHECKING:
    from ..dialog import Dialog, DialogResult
    from ..maps import Track

_DESCRIPTION = """\
Run dialogs, each in a simulated world of its own. Nobody is called, and there is no network: only what they mount
answers. Exit status: 0 if all passed, 1 if one failed, 2 if a file cannot be read or holds no dialog.
"""


def add_to(commands: Any) -> None:
    """Add the command to the command line."""
    command = add_command(
        commands,
        "test",
        "run dialogs",
        usage="FILE... [options]",
        says=_DESCRIPTION,
        examples=(
            "test ivr.dialog",
            "test ivr.dialog -v",
            "test dialogs/ --jobs 4 --format junit",
            "test ivr.dialog --coverage",
        ),
    )
    add = command.add_argument
    add("paths", metavar="FILE", nargs="+", help="a file of dialogs, or a folder of .dialog files")
    add("--format", choices=sorted(DIALOG_FORMATS), default="text", help="default: text")
    add(
        "--verbose",
        "-v",
        action="store_const",
        const="steps",
        dest="format",
        help="what became of each step, as a cell with %%%%dialog shows it: --format steps",
    )
    add(
        "-k",
        dest="words",
        metavar="WORDS",
        default="",
        help="only dialogs with these words in their names",
    )
    add(
        "--jobs",
        "-j",
        type=_jobs,
        default=1,
        metavar="N",
        help="run in so many processes (default: 1)",
    )
    add(
        "--seed",
        type=int,
        metavar="N",
        help="what sids and one of follow from (default: the dialog's, or 0)",
    )
    add("--update", action="store_true", help="write what was heard into the dialogs that failed")
    add_coverage_options(add)
    command.set_defaults(run=run_test)


def _jobs(text: str) -> int:
    number = int(text)
    if not 1 <= number <= 256:
        raise argparse.ArgumentTypeError(f"{text} is no number of processes")
    return number


def run_test(options: argparse.Namespace) -> int:
    """Run the dialogs and report; returns the exit status."""
    from ..dialog import dialogs

    found: list[Dialog] = []
    is_unreadable = False
    for path in options.paths:
        try:
            found += (read := _read(path))
        except DialogError as error:
            print_text("\n".join(error.box()), file=sys.stderr)
            is_unreadable = True
            continue
        if not read:
            print_text(visible_line(f"{path}: there is no dialog in it"), file=sys.stderr)
            is_unreadable = True
    chosen = [each for each in found if options.words.casefold() in each.name.casefold()]
    if options.update:
        _update(chosen, options.seed)
        chosen = _again(chosen, dialogs)
    outcomes = list(_run(chosen, options))
    report = find_coverage(zip(chosen, outcomes, strict=True), options)
    write(DIALOG_FORMATS[options.format](outcomes, report))
    if report is not None:
        tell_coverage(report, options)
    if is_unreadable:
        return 2
    is_little = report is not None and report.percent < options.fail_under
    return int(is_little or any(not each.passed for each in outcomes))


def _read(path: str) -> Sequence[Dialog]:
    from pathlib import Path

    from ..dialog import dialogs

    return dialogs(Path(path))


def _again(chosen: Sequence[Dialog], read: Any) -> list[Dialog]:
    """The dialogs *chosen* as their files have them now."""
    from pathlib import Path

    names = {(each.path, each.name) for each in chosen}
    files = dict.fromkeys(each.path for each in chosen)
    return [each for file in files for each in read(Path(file)) if (file, each.name) in names]


def _update(chosen: Sequence[Dialog], seed: int | None) -> None:
    from ..dialog import update_dialogs

    for path, count in update_dialogs(chosen, seed=seed).items():
        print_text(visible_line(f"{path}: {count_of(count, 'line')} written anew"), file=sys.stderr)


def _run(chosen: Sequence[Dialog], options: argparse.Namespace) -> Iterator[DialogOutcome]:
    """What becomes of each dialog, in order."""
    if options.jobs == 1 or len(chosen) < 2:
        yield from (run_one(each, options.seed, asks_coverage(options)) for each in chosen)
        return
    from concurrent.futures import ProcessPoolExecutor
    from functools import partial
    from multiprocessing import get_context

    workers = min(options.jobs, len(chosen))
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        run = partial(run_one, seed=options.seed, keeps_tracks=asks_coverage(options))
        yield from pool.map(run, chosen, chunksize=max(1, len(chosen) // (4 * workers)))


def run_one(dialog: Dialog, seed: int | None, keeps_tracks: bool = False) -> DialogOutcome:
    """Run *dialog*, in whatever process."""
    from time import perf_counter

    began = perf_counter()
    result = dialog.run(seed=seed)
    failure, error = result.failure, result.error
    line = failure.number if failure else getattr(error, "line", dialog.text.line)
    return DialogOutcome(
        name=dialog.name,
        file=dialog.path,
        line=dialog.text.line if result.passed else line,
        passed=result.passed,
        report=result.report,
        seconds=perf_counter() - began,
        marks=tuple(
            (each.number, each.mark, each.text, each.told, each.heard) for each in result.lines
        ),
        tracks=_tracks(result) if keeps_tracks else (),
    )


def _tracks(result: DialogResult) -> tuple[Track, ...]:
    from ..maps import tracks_of

    return tracks_of(result.simulator)
