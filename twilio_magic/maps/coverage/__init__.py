"""Coverage: how much of the map of an application calls and dialogs have visited, and what is missing."""

from ._as_text import summarize_coverage
from ._cover import cover, cover_dialogs
from ._coverage import Coverage, CoverageReport, MissingWay, MissingWays
from ._described import MISSING, VISITED, describe_ways
from ._files import write_coverage
from ._track import Track, tracks_of

__all__ = [
    "MISSING",
    "VISITED",
    "Coverage",
    "CoverageReport",
    "MissingWay",
    "MissingWays",
    "Track",
    "cover",
    "cover_dialogs",
    "describe_ways",
    "summarize_coverage",
    "tracks_of",
    "write_coverage",
]
