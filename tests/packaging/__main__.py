"""``make dist``: build the archives, look into them, and use the wheel as strangers would.

Every Python meets every IPython; with ``QUICK=1`` in the environment the oldest Python meets the oldest IPython, and
the newest the newest.
"""

from __future__ import annotations

import os
from itertools import product

from . import archives, strangers


def main() -> None:
    wheel = archives.build()
    print(f"built {wheel.name}")
    faults = archives.faults(wheel)
    if faults:
        raise SystemExit("\n".join(faults))
    pythons, ipythons = list(strangers.pythons()), strangers.IPYTHONS
    every = list(product(pythons, ipythons))
    for python, ipython in (every[0], every[-1]) if os.environ.get("QUICK") else every:
        print(strangers.told(python, wheel, ipython), flush=True)


if __name__ == "__main__":
    main()
