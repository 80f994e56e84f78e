"""``python -m benchmarks``: print a table of ratios and of exponents, and keep it in ``results/latest.json``.

Of an exponent, the columns have the time for the largest size and that for the smallest.
"""

from __future__ import annotations

import argparse
import json
import platform
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from .exponent import Exponent
from .timing import QUICK

if TYPE_CHECKING:
    from .ratio import Ratio

HERE = Path(__file__).parent
LATEST = HERE / "results" / "latest.json"
KINDS = ("measure_", "check_")


def main() -> None:
    options = _options()
    QUICK.set(options.quick)
    found: list[Ratio | Exponent] = []
    print(_row("", "ours", "theirs", "ratio", "aim"))
    for each in _measured(options.names or _modules()):
        found.append(each)
        print(_shown(each), flush=True)
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


def _measured(names: Iterable[str]) -> Iterator[Ratio | Exponent]:
    for name in names:
        yield from import_module(f"{__package__}.{_modules()[name]}").measure()


def _shown(each: Ratio | Exponent) -> str:
    aim = "" if each.aim is None else f"{each.aim:g}{'' if each.is_within_aim else ' (missed)'}"
    value = f"{'n^' if isinstance(each, Exponent) else ''}{each.value:.2f}"
    row = _row(each.name, _micro(each.ours), _micro(each.theirs), value, aim)
    return f"{row}\n    {each.note}" if each.note else row


def _row(name: str, *cells: str) -> str:
    return f"{name:<56}" + "".join(f"{cell:>14}" for cell in cells)


def _micro(seconds: float) -> str:
    return f"{seconds * 1e6:,.0f} µs"


def _keep(found: Sequence[Ratio | Exponent]) -> None:
    LATEST.parent.mkdir(exist_ok=True)
    told = {
        "python": platform.python_version(),
        "quick": QUICK.get(),
        "ratios": [
            asdict(each) | {"ratio": each.value} for each in found if not isinstance(each, Exponent)
        ],
        "exponents": [
            asdict(each) | {"exponent": each.value} for each in found if isinstance(each, Exponent)
        ],
    }
    LATEST.write_text(json.dumps(told, indent=2, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
