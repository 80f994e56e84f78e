"""``python -m benchmarks``: print a table of ratios and of exponents, and keep it in ``results/latest.json``."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

from .report import Row, heading, line, to_file, to_record
from .timing import PEERS, QUICK

HERE = Path(__file__).parent
LATEST = HERE / "results" / "latest.json"
KINDS = ("measure_", "check_")


def main() -> int:
    options = _options()
    QUICK.set(options.quick)
    PEERS.set(options.peers)
    records: list[dict[str, Any]] = []
    missed = 0
    print(heading())
    try:
        for name, row in _measured(options.names or benchmarks()):
            records.append(to_record(name, row))
            missed += not row.is_within_aim
            print(line(row), flush=True)
    finally:
        _keep(to_file(records, quick=options.quick))
    print(f"{missed} of {len(records)} rows miss their aim")
    return int(bool(missed) and options.strict)


def _keep(told: Mapping[str, Any]) -> None:
    LATEST.parent.mkdir(exist_ok=True)
    LATEST.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", "utf-8")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", metavar="NAME", nargs="*", help=f"of: {', '.join(benchmarks())}")
    parser.add_argument("--quick", action="store_true", help="repeat less, and know less surely")
    parser.add_argument(
        "--peers", type=Path, metavar="FOLDER", help="with the peers that are installed there"
    )
    parser.add_argument("--strict", action="store_true", help="exit with 1 if an aim is missed")
    options = parser.parse_args()
    unknown = set(options.names) - benchmarks().keys()
    if unknown:
        parser.error(f"no such benchmark: {', '.join(sorted(unknown))}")
    return options


def benchmarks() -> dict[str, str]:
    """Every benchmark's module, by what it is called: ``measure_load`` is called ``load``."""
    found = (path.stem for kind in KINDS for path in HERE.glob(f"{kind}*.py"))
    return {stem.partition("_")[2]: stem for stem in sorted(found)}


def _measured(names: Iterable[str]) -> Iterator[tuple[str, Row]]:
    for name in names:
        for row in import_module(f"{__package__}.{benchmarks()[name]}").measure():
            yield name, row


if __name__ == "__main__":
    sys.exit(main())
