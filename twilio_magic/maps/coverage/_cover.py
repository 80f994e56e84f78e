"""Coverage of what calls have visited: those of a world, and those of dialogs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import field, replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from ...records import dataclass
from .._as_text import short_text
from .._dialog_entry import DialogEntry, entry_of_call
from .._explore import explore_entry
from .._search import Limits
from .._stop import without_numbers
from ._coverage import Coverage, CoverageReport
from ._lay import VisitedMap
from ._track import Track, track_of

if TYPE_CHECKING:
    from ...dialog import Dialog
    from ...simulation import Simulator
    from .._entry import Entry
    from .._map import Map
    from .._search import Progress

_HEADERS = ("app", "mount", "url", "method", "twiml", "direction")
_MOST_TRIED = 10  # numbers and words of calls that the exploration tries, too


@dataclass
class Entered:
    """An *entry*, with the tracks of the calls that began there, and of those that *followed* from them."""

    entry: DialogEntry
    tracks: list[Track] = field(default_factory=list)
    followed: list[Track] = field(default_factory=list)


def cover(
    simulator: Simulator, maps: Sequence[Map] = (), *, depth: int = 8, calls: int = 1000
) -> CoverageReport:
    """What the calls of *simulator* have visited of *maps*; without any, of the applications that they reached."""
    limits = Limits(depth, calls)
    groups: dict[tuple[str, ...], Entered] = {}
    for course in simulator.courses():
        entry = entry_of_call(course.start, simulator)
        group = groups.setdefault(_key_of(entry.dialog), Entered(entry))
        group.tracks.append(track_of(course))
    if maps:
        return cover_maps(maps, [track for group in groups.values() for track in group.tracks])
    for number in list(simulator.numbers.values()):
        idle = _entry_of_number(number.phone_number, number.voice_url or "", simulator)
        if idle is not None:
            groups.setdefault(_key_of(idle.dialog), Entered(idle))
    return cover_entered(groups.values(), limits)


def cover_dialogs(
    ran: Iterable[tuple[Dialog, Sequence[Track]]],
    limits: Limits | None = None,
    progress: Progress | None = None,
) -> CoverageReport:
    """What dialogs have visited of the applications that they name; of each *ran* the tracks of its calls are given."""
    groups: dict[tuple[str, ...], Entered] = {}
    for dialog, tracks in ran:
        group = groups.setdefault(_key_of(dialog), Entered(DialogEntry(dialog)))
        group.tracks += tracks[:1]
        group.followed += tracks[1:]
    return cover_entered(groups.values(), limits, progress)


def cover_maps(maps: Sequence[Map], tracks: Iterable[Track]) -> CoverageReport:
    """What *tracks* have visited of *maps*; each belongs to the first map that knows where it begins."""
    layouts = [VisitedMap(each) for each in maps]
    calls: Counter[int] = Counter()
    for track in tracks:
        own = next((n for n, each in enumerate(layouts) if each.knows(track)), 0)
        calls[own] += 1
        for number, layout in enumerate(layouts):
            layout.lay(track, adds=number == own)
    return CoverageReport(
        Coverage.of(layout, _name_of(found.entry, found), calls[number], found.entry)
        for number, (layout, found) in enumerate(zip(layouts, maps, strict=True))
    )


def cover_entered(
    entered: Iterable[Entered], limits: Limits | None = None, progress: Progress | None = None
) -> CoverageReport:
    """What calls have visited of the applications that they *entered*, each of which is explored.

    One that nothing answers for in a world without a network is left out.
    """
    groups = list(entered)
    report = CoverageReport()
    for group in groups:
        found = explore_entry(group.entry, _with_input(limits or Limits(), group.tracks), progress)
        is_absent = found.states["1"].kind == "error"
        if is_absent and not any(track and track[0].kind == "error" for track in group.tracks):
            continue
        layout = VisitedMap(found)
        for other in groups:
            for track in (*other.tracks, *other.followed):
                layout.lay(track, adds=other is group)
        name = _name_of(group.entry, found)
        report.append(Coverage.of(layout, name, len(group.tracks), group.entry))
    return report


def _with_input(limits: Limits, tracks: Iterable[Track]) -> Limits:
    """*limits*, with the numbers and words of calls, so that what follows from them is explored, too."""
    moves = dict.fromkeys(visit.move for track in tracks for visit in track if visit.move)
    keys = [move.text for move in moves if move.kind == "press" and len(move.text) > 1]
    words = [move.text for move in moves if move.kind == "say" and move.text]
    return replace(
        limits,
        keys=(*limits.keys, *keys[:_MOST_TRIED]),
        words=(*limits.words, *words[:_MOST_TRIED]),
    )


def _key_of(dialog: Dialog) -> tuple[str, ...]:
    """What dialogs have in common whose calls enter the same application in the same way."""
    headers = {name: str(dialog.text.header(name, "")) for name in _HEADERS}
    headers["url"] = without_numbers(headers["url"])
    return (str(dialog.folder), *headers.values(), *DialogEntry(dialog).givens)


def _entry_of_number(number: str, url: str, simulator: Simulator) -> DialogEntry | None:
    """Where calls to *number* enter; ``None`` if nothing is mounted at its *url*."""
    mount = simulator.mounts.find(url) if url else None
    if mount is None:
        return None
    text, parts = mount.find().text, urlsplit(url)
    query = f"?{parts.query}" if parts.query else ""
    head = f"mount: {parts.scheme}://{parts.netloc}\nurl: {parts.path or '/'}{query}"
    if text is not None:
        head = f"twiml: {' '.join(text.split())}"
    start = f'{head}\nto: {number}\n\ndialog "calls"'
    return entry_of_call(start, simulator)


def _name_of(entry: Entry, found: Map) -> str:
    """What dialogs call the application, and the path that answers; else the address. Outbound calls are said to be."""
    is_outbound = isinstance(entry, DialogEntry) and entry.is_outbound
    return f"{_name_application(entry, found)}{', outbound' if is_outbound else ''}"


def _name_application(entry: Entry, found: Map) -> str:
    first = found.states["1"]
    url = first.url
    if not entry.name:
        is_document = isinstance(entry, DialogEntry) and "twiml" in entry.dialog.text.headers
        return f"a document, “{short_text(first, 30)}”" if is_document or not url else url
    return f"{entry.name} {urlsplit(url).path}".rstrip()
