"""The ladder of a call, or of several that met: who sent what to whom, and when (a sequence diagram).

These are plain records and their drawing as text. The simulator builds them, the client returns them, the views draw
them.
"""

from ._build import LegRecord, build_ladder
from ._cells import cells, wrap
from ._model import Ladder
from ._records import Arrow, Lifeline, Note, Step
from ._shorten import shorten

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
