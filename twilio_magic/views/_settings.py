"""What people choose of how things look."""

from __future__ import annotations

from typing import Literal, get_args

from ..records import dataclass

Card = Literal["short", "full"]
CARDS: tuple[Card, ...] = get_args(Card)


@dataclass
class Appearance:
    """How things look in this process: a *card* that is ``full`` folds nothing that the conversation tells already."""

    card: Card = "short"


settings = Appearance()
