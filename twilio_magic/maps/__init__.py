"""The map of an IVR: every way that a caller can go, what is wrong with it, and how it is told."""

from ._as_text import describe_extent
from ._explore import explore
from ._map import Edge, Map, State, describe_moves, list_shown, merge_moves
from ._move import Move, Path, describe_path
from ._problem import MapProblem, MapProblems
from .coverage import (
    MISSING,
    VISITED,
    Coverage,
    CoverageReport,
    MissingWay,
    MissingWays,
    Track,
    cover,
    cover_dialogs,
    describe_ways,
    summarize_coverage,
    tracks_of,
    write_coverage,
)

__all__ = [
    "MISSING",
    "VISITED",
    "Coverage",
    "CoverageReport",
    "Edge",
    "Map",
    "MapProblem",
    "MapProblems",
    "MissingWay",
    "MissingWays",
    "Move",
    "Path",
    "State",
    "Track",
    "cover",
    "cover_dialogs",
    "describe_extent",
    "describe_moves",
    "describe_path",
    "describe_ways",
    "explore",
    "list_shown",
    "merge_moves",
    "summarize_coverage",
    "tracks_of",
    "write_coverage",
]
