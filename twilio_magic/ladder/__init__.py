"""The ladder of a call, or of several that met: who sent what to whom, and when (a sequence diagram).

These are plain records and their drawing as text. The simulator builds them, the client returns them, the views draw
them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ._build import LegRecord, build_ladder
    from ._cells import cells, wrap
    from ._model import Ladder
    from ._records import Arrow, Lifeline, Note, Step
    from ._shorten import shorten
else:
    from ..front_door import open_front_door

    __getattr__, __dir__ = open_front_door(
        __name__,
        {
            "._build": "LegRecord, build_ladder",
            "._cells": "cells, wrap",
            "._model": "Ladder",
            "._records": "Arrow, Lifeline, Note, Step",
            "._shorten": "shorten",
        },
    )

__all__ = [
    "Arrow",
    "Ladder",
    "LegRecord",
    "Lifeline",
    "Note",
    "Step",
    "build_ladder",
    "cells",
    "shorten",
    "wrap",
]
