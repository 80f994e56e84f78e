"""``%%dialog``: conversations as tests, run in the cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..errors import MagicLineError
from ._magic import Invocation, magic
from ._session import simulator

if TYPE_CHECKING:
    from ..dialog import DialogResult, DialogResults
    from ._line import LineParser

_DESCRIPTION = """\
Run the dialogs in the cell, and show each conversation with a tick at each line, or what was heard in its place. They
run in the world of this notebook, one after the other, with what is mounted there; with --seed each has a new world of
its own. The header app: may name an application of this notebook.
The language has a page: docs/phones-and-dialogs.md.
"""
_EXAMPLE = """\
examples:
  %%dialog
  to: +12125551234
  dialog "support is reached with 2"
    hear "press 2"
    press 2
    hear "you chose support"
    expect status completed
"""


def _add_options(parser: LineParser) -> None:
    parser.add_argument(
        "files", metavar="FILE", nargs="*", help="files of dialogs, in place of a cell"
    )
    parser.add_argument(
        "--seed", type=int, metavar="N", help="run each in a new world that is made of this seed"
    )
    parser.add_out("what became of them")


@magic(
    "%dialog",
    usage="%%dialog [FILE ...]",
    description=_DESCRIPTION,
    examples=_EXAMPLE,
    options=_add_options,
)
def dialog_magic(used: Invocation) -> DialogResult | DialogResults | None:
    """Run the dialogs of the cell, or of files; returns what became of them."""
    from ..dialog import DialogResults, dialogs

    texts = [used.cell] if used.cell is not None else used.options.files
    phones = simulator().phones.names
    found = [each for text in texts for each in dialogs(text, names=used.names, phones=phones)]
    if not found:
        raise MagicLineError(
            "There is no dialog here.",
            hint='dialog "a caller with a ticket" begins one, with its steps below it.',
        )
    seed = used.options.seed
    world = simulator() if seed is None else None
    results = DialogResults(each.run(world, seed=seed) for each in found)
    return used.show_or_keep(
        results[0] if len(results) == 1 else results,
        "What became of the dialogs is",
        results.summary,
    )
