"""``python -m benchmarks``: print a table of ratios, and keep it in ``results/latest.json``."""

from __future__ import annotations

import argparse
import json
import platform
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from .timing import QUICK

if TYPE_CHECKING:
    from .ratio import Ratio

HERE = Path(__file__).parent
LATEST = HERE / "results" / "latest.json"
KINDS = ("measure_", "check_")


def main() -> None:
    options = _options()
    QUICK.set(options.quick)
    found: list[Ratio] = []
    print(_row("", "ours", "theirs", "ratio", "aim"))
    for ratio in _measured(options.names or _modules()):
        found.append(ratio)
        print(_shown(ratio), flush=True)
    _keep(found)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", metavar="NAME", nargs="*", help=f"of: {', '.join(_modules())}")
    parser.add_argument("--quick", action="store_true", help="repeat less, and know less surely")
    options = parser.parse_args()
    unknown = set(options.names) - _modules().keys()
    if unknown:
        parser.error(f"no such benchmark: {', '.join(sorted(unknown))}")
    return options


def _modules() -> dict[str, str]:
    """Every benchmark's module, by what it is called: ``measure_load`` is called ``load``."""
    found = (path.stem for kind in KINDS for path in HERE.glob(f"{kind}*.py"))
    return {stem.partition("_")[2]: stem for stem in sorted(found)}


def _measured(names: Iterable[str]) -> Iterator[Ratio]:
    for name in names:
        yield from import_module(f"{__package__}.{_modules()[name]}").measure()


def _shown(ratio: Ratio) -> str:
    aim = "" if ratio.aim is None else f"{ratio.aim:g}{'' if ratio.is_within_aim else ' (missed)'}"
    row = _row(ratio.name, _micro(ratio.ours), _micro(ratio.theirs), f"{ratio.value:.2f}", aim)
    return f"{row}\n    {ratio.note}" if ratio.note else row


def _row(name: str, *cells: str) -> str:
    return f"{name:<56}" + "".join(f"{cell:>14}" for cell in cells)


def _micro(seconds: float) -> str:
    return f"{seconds * 1e6:,.0f} µs"


def _keep(ratios: Sequence[Ratio]) -> None:
    LATEST.parent.mkdir(exist_ok=True)
    rows = [asdict(ratio) | {"ratio": ratio.value} for ratio in ratios]
    told = {"python": platform.python_version(), "quick": QUICK.get(), "ratios": rows}
    LATEST.write_text(json.dumps(told, indent=2, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
