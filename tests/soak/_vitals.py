"""What a process takes of the machine: memory, threads, open files."""

from __future__ import annotations

import gc
import os
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

#: How many megabytes memory may grow once it is warm: what a garbage collector and malloc leave.
_MOST_GROWTH = 8.0
#: Files that modules open and keep.
_SLACK = 4
_STATM = Path("/proc/self/statm")
_FILES = Path("/proc/self/fd")


@dataclass(frozen=True, slots=True)
class Vitals:
    """*memory* in megabytes, and the number of *threads* and of open *files*; zero where the system does not say."""

    memory: float
    threads: int
    files: int

    def __str__(self) -> str:
        return f"{self.memory:.1f} MB, {self.threads} threads, {self.files} open files"


def take_vitals() -> Vitals:
    """What it is now, without what nobody needs any more."""
    gc.collect()
    pages = int(_STATM.read_text().split()[1]) if _STATM.exists() else 0
    files = len(list(_FILES.iterdir())) if _FILES.exists() else 0
    return Vitals(pages * os.sysconf("SC_PAGE_SIZE") / 2**20, threading.active_count(), files)


def find_growth(before: Vitals, warm: Vitals, after: Vitals) -> Iterator[str]:
    """What the process takes more of than *before*, or than when it was *warm*, in words."""
    if after.memory - warm.memory > _MOST_GROWTH:
        yield f"memory grows: {warm} when warm, {after} at the end"
    if after.threads > before.threads:
        yield f"threads are left: {before} before, {after} at the end"
    if after.files > before.files + _SLACK:
        yield f"files stay open: {before} before, {after} at the end"
