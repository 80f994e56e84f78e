"""The seed of each caller, which depends on the caller's number alone, and not on the process that simulates it."""

from __future__ import annotations

from hashlib import sha256
from random import Random

_BYTES = 6  # among a million callers, two with the same seed are most unlikely


def caller_seed(seed: int, number: int) -> int:
    """The seed of the caller with this *number* in a population that is made of *seed*."""
    digest = sha256(f"{seed}:{number}".encode()).digest()
    return int.from_bytes(digest[:_BYTES], "big")


def choose_weighted(weights: tuple[float, ...], seed: int) -> int:
    """The place of one of *weights*, chosen as often as its weight says; *seed* decides."""
    if len(weights) == 1:
        return 0
    random = Random(f"which:{seed}")  # noqa: S311 - no secret is made of it
    return random.choices(range(len(weights)), weights)[0]
