"""What one waits for on the command line, in a process of its own: the time of the processor, with all imports."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from .check_twiml import write_documents
from .environment import environment
from .ratio import Ratio
from .timing import rounds, seconds_outside

_FILES = 1_000
_MILLI = 1e-3


def measure() -> Iterator[Ratio]:
    """Each command several times; modules are compiled, as an installation does."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        environ = environment(folder / "compiled")
        one = _write_files(folder / "one", 1)
        many = _write_files(folder / "many", _FILES)
        called = _write_files(folder / "called", 1)
        yield _measure("check of one file, cold / 95 ms", 95, environ, "check", str(one))
        yield _measure(
            f"check of {_FILES:,} files, a third with problems / 300 ms",
            300,
            environ,
            "check",
            str(many),
        )
        yield _measure("simulate, cold / 320 ms", 320, environ, "simulate", str(called))


def _write_files(folder: Path, number: int) -> Path:
    """A folder of so many files, every third of which has an advice or a mistake."""
    folder.mkdir()
    documents = write_documents("clean", 1_500, number)
    documents[1::6] = write_documents("advice", 1_500, len(documents[1::6]))
    documents[4::6] = write_documents("errors", 1_500, len(documents[4::6]))
    for place, text in enumerate(documents):
        (folder / f"menu-{place:04}.twiml").write_text(text, "utf-8")
    return folder if number > 1 else folder / "menu-0000.twiml"


def _measure(name: str, budget: float, environ: Mapping[str, str], *command: str) -> Ratio:
    def run() -> None:
        subprocess.run(  # noqa: S603 - our own
            [sys.executable, "-m", "twilio_magic", *command],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=environ,
            check=False,  # 1 says that there are problems
        )

    run()
    spent = min(seconds_outside(run) for _ in range(rounds(15)))
    return Ratio(f"twilio-magic {name}", spent, budget * _MILLI, aim=1)
