"""What the dialogs of a run of pytest have visited of the applications that they call, told at its end."""

from __future__ import annotations

import pickle
from base64 import b64decode, b64encode
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from ..coverage_options import add_coverage_options
from ..display import visible_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..dialog import Dialog, DialogResult
    from ..maps import CoverageReport, Track

#: What the report of a dialog has besides: where its calls have been, as text, since it may come from elsewhere.
_TRACKS = "twilio_tracks"
_FILE, _PERCENT = "twilio_coverage_file", "twilio_fail_under"


def add_pytest_options(parser: pytest.Parser) -> None:
    """Add the options that ask for the coverage of dialogs."""
    add_coverage_options(parser.getgroup("twilio-magic").addoption, "twilio-")


def is_coverage_asked(config: pytest.Config) -> bool:
    """Whether coverage is to be found."""
    names = ("twilio_coverage", _FILE, _PERCENT)
    return any(config.getoption(name) for name in names)


def pack_tracks(result: DialogResult) -> str:
    """Where the calls of *result* have been, as text."""
    from ..maps import tracks_of

    return b64encode(pickle.dumps(tracks_of(result.simulator))).decode()


def add_tracks(report: pytest.TestReport, dialog: Dialog, tracks: str) -> None:
    """Let *report* tell where the calls of *dialog* have been, which are packed as *tracks*."""
    setattr(report, _TRACKS, [str(Path(dialog.path).resolve()), dialog.name, tracks])


class DialogCoverage:
    """Gathers from the reports of dialogs where their calls have been, and tells of it at the end of the run."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config
        self._tracks: dict[tuple[str, str], tuple[Track, ...]] = {}
        self._report: CoverageReport | None = None

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Keep what *report*, which one of this run's processes made, tells of a dialog."""
        told = getattr(report, _TRACKS, None)
        if told is not None:
            path, name, tracks = told
            self._tracks[path, name] = pickle.loads(b64decode(tracks))  # noqa: S301 - our own

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Find the coverage, and fail the run if it is too low."""
        from ..maps import cover_dialogs, write_coverage

        if not self._tracks:
            return
        self._report = cover_dialogs(self._ran())
        path = self._config.getoption(_FILE)
        if path is not None:
            write_coverage(self._report, path)
        if self._is_low() and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        """Tell the coverage, and that it is too low."""
        if self._report is None:
            return
        terminalreporter.section("coverage of dialogs")
        for line in self._report.to_text().splitlines():
            terminalreporter.write_line(visible_line(line))
        if self._is_low():
            least = self._config.getoption(_PERCENT)
            told = f"The dialogs cover {self._report.percent} %, and not {least} %."
            terminalreporter.write_line(told, red=True)

    def _is_low(self) -> bool:
        least: int = self._config.getoption(_PERCENT)
        return self._report is not None and self._report.percent < least

    def _ran(self) -> Iterator[tuple[Dialog, tuple[Track, ...]]]:
        """Each dialog that was run, in the order of their files, with its tracks."""
        from ..dialog import dialogs

        for path in sorted({path for path, _ in self._tracks}):
            for dialog in dialogs(Path(path)):
                if (path, dialog.name) in self._tracks:
                    yield dialog, self._tracks[path, dialog.name]
