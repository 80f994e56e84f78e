"""``make dist``: build the archives, look into them, and use the wheel as strangers would.

With ``QUICK=1`` in the environment only the oldest Python that is supported is tried.
"""

from __future__ import annotations

import os

from . import archives, strangers


def main() -> None:
    wheel = archives.build()
    print(f"built {wheel.name}")
    faults = archives.faults(wheel)
    if faults:
        raise SystemExit("\n".join(faults))
    pythons = list(strangers.pythons())
    for python in pythons[:1] if os.environ.get("QUICK") else pythons:
        for ipython in strangers.IPYTHONS:
            print(strangers.told(python, wheel, ipython), flush=True)


if __name__ == "__main__":
    main()
