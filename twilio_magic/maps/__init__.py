"""The map of an IVR: every way that a caller can go, what is wrong with it, and how it is told."""

from ._as_text import describe_extent
from ._explore import explore
from ._map import Edge, Map, State, describe_moves, merge_moves
from ._move import Move
from ._problem import MapProblem, MapProblems

__all__ = [
    "Edge",
    "Map",
    "MapProblem",
    "MapProblems",
    "Move",
    "State",
    "describe_extent",
    "describe_moves",
    "explore",
    "merge_moves",
]
