"""``python -m benchmarks.compare CHECKOUT``: whether a recorded set is the same there and here, byte for byte.

The set (``recorded_set``) has verdicts, previews, environments of webhooks, stories and records of calls, answers of
the REST API. A change that is meant to make something faster leaves all of it alone: what differs is exit status 1.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping
from itertools import zip_longest
from pathlib import Path

_HERE = Path(__file__).parent
_SHOWN = 5  # differences
_AROUND = 60  # characters that are shown before and behind the first one that differs


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.compare", description=__doc__)
    parser.add_argument("checkout", type=Path, help="the directory with the other twilio_magic/")
    other = parser.parse_args().checkout
    before, after = _record(other), _record(_HERE.parent)
    differ = [name for name in before.keys() | after.keys() if before.get(name) != after.get(name)]
    for name in sorted(differ)[:_SHOWN]:
        print(f"{name}\n{_first_difference(before.get(name, ''), after.get(name, ''))}")
    kinds = Counter(name.rpartition(" ")[0] for name in after)
    told = ", ".join(f"{count:,} × {kind}" for kind, count in kinds.items())
    print(f"{len(differ):,} of {len(after):,} differ: {told}")
    return int(bool(differ))


def _record(checkout: Path) -> Mapping[str, str]:
    """What the set becomes with the package in *checkout*, by name."""
    environment = {**os.environ, "PYTHONPATH": str(checkout.resolve()), "PYTHONHASHSEED": "0"}
    ran = subprocess.run(  # noqa: S603 - our own
        [sys.executable, "-P", str(_HERE / "recorded_set.py")],
        check=True,
        stdout=subprocess.PIPE,
        env=environment,
        encoding="utf-8",
    )
    pairs = map(json.loads, ran.stdout.splitlines())
    return {name: json.dumps(told, ensure_ascii=False) for name, told in pairs}


def _first_difference(before: str, after: str) -> str:
    pairs = enumerate(zip_longest(before, after))
    place = next(at for at, (was, now) in pairs if was != now)
    here = slice(max(0, place - _AROUND), place + _AROUND)
    return f"  before: {before[here]}\n  after:  {after[here]}"


if __name__ == "__main__":
    sys.exit(main())
