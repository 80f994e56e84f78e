"""What it costs to check a thousand files on the command line, in one process."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from lxml import etree

from twilio_magic.cli import main

from .check_twiml import DOCUMENT
from .ratio import Ratio

_FILES = 1000
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)


def measure() -> Iterator[Ratio]:
    """The ratio of checking every file to reading and parsing every file with lxml."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        for number in range(_FILES):
            text = DOCUMENT.replace("Riverside", f"Riverside {number}")
            (folder / f"menu-{number:04}.twiml").write_text(text, "utf-8")
        checked = min(_check(folder) for _ in range(3))
        parsed = min(_parse(folder) for _ in range(3))
    note = f"{checked:.2f} s for all {_FILES}, report included"
    yield Ratio(
        "twilio-magic check, a file / lxml, a file", checked / _FILES, parsed / _FILES, None, note
    )


def _check(folder: Path) -> float:
    started = perf_counter()
    with redirect_stdout(StringIO()) as report:
        main(["check", str(folder)])
    seconds = perf_counter() - started
    if f"{_FILES:,} documents checked: nothing wrong." not in report.getvalue():
        raise SystemExit(report.getvalue())
    return seconds


def _parse(folder: Path) -> float:
    started = perf_counter()
    for path in sorted(folder.iterdir()):
        etree.fromstring(path.read_bytes(), _PARSER)
    return perf_counter() - started
