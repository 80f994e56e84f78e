"""Files of dialogs as tests: each dialog is one, with its name, its markers, and a world of its own."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from ._coverage import is_coverage_asked, pack_tracks

if TYPE_CHECKING:
    from ..dialog import Dialog

_SUFFIX = ".dialog"


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Collect the dialogs of a file that ends in ``.dialog``."""
    if file_path.suffix != _SUFFIX:
        return None
    found: pytest.Collector = DialogFile.from_parent(parent, path=file_path)
    return found


class DialogFile(pytest.File):
    """A file of dialogs."""

    def collect(self) -> Iterable[pytest.Item]:
        """The dialogs of the file, in order; what cannot be read is an error of the file."""
        from ..dialog import dialogs
        from ..errors import DialogError

        try:
            found = dialogs(self.path)
        except DialogError as error:
            raise self.CollectError("\n".join(error.box())) from None
        for dialog in found:
            yield DialogItem.from_parent(self, name=dialog.name, dialog=dialog)


class DialogFailure(Exception):  # noqa: N818 - pytest shows its report alone
    """A dialog did not go as it is written."""


class DialogItem(pytest.Item):
    """One dialog as a test. *tracks* is where its calls have been, packed, if the coverage is asked for."""

    def __init__(self, *, dialog: Dialog, **more: Any) -> None:
        super().__init__(**more)
        self.dialog = dialog
        self.tracks = ""
        for name in dialog.markers:
            self.add_marker(name)

    def runtest(self) -> None:
        """Run the dialog; raises :class:`DialogFailure` with its report."""
        result = self.dialog.run()
        if is_coverage_asked(self.config):
            self.tracks = pack_tracks(result)
        if not result.passed:
            raise DialogFailure(result.report)

    def repr_failure(
        self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None
    ) -> str | Any:
        """The report of the dialog; of any other exception, what pytest shows."""
        if isinstance(excinfo.value, DialogFailure):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        """Where the dialog is, and its name."""
        return self.path, self.dialog.text.line - 1, f"dialog: {self.name}"
