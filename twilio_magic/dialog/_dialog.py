"""Dialogs as Python has them: read from a file or a text, and run."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from ..display import Shown, visible_line
from ..errors import DialogError
from ..records import dataclass
from ..regular_file import read_text_file
from ..scripts import DialogText, read_dialogs
from ._application import find_application
from ._result import DialogResults

if TYPE_CHECKING:
    from ..simulation import Simulator
    from ._result import DialogResult

_SUFFIX = ".dialog"
#: What a call is told in a dialog that asks where nothing is mounted.
_ADVICE = (
    "name what answers above the dialog: app: FILE.py:NAME, or given app FILE.py:NAME at {url}"
)


@dataclass(frozen=True)
class Dialog:
    """One dialog: its *name*, and what is written of it. *path* is its file; empty for one that is in none.

    ``dialog.run()`` runs it in a world of its own, and gives what became of it.
    """

    name: str
    text: DialogText = field(repr=False)
    source: str = field(repr=False)
    path: str = ""
    names: Mapping[str, Any] | None = field(default=None, repr=False, compare=False)

    @property
    def markers(self) -> tuple[str, ...]:
        """The words of its header ``markers``."""
        found: tuple[str, ...] = self.text.header("markers", ())
        return found

    @property
    def place(self) -> str:
        """Where it stands: ``ivr.dialog:12``, or ``line 12``."""
        return self.place_of(self.text.line)

    def place_of(self, line: int) -> str:
        """Where a line of it stands; its file as it is seen from the current directory."""
        if not self.path:
            return f"line {line}"
        path, here = Path(self.path), Path.cwd()
        shown = path.relative_to(here) if path.is_absolute() and path.is_relative_to(here) else path
        return f"{shown}:{line}"

    @property
    def folder(self) -> Path:
        """The folder of its file, in which its application is looked for, too."""
        return Path(self.path).parent if self.path else Path()

    def run(self, simulator: Simulator | None = None, *, seed: int | None = None) -> DialogResult:
        """Run the dialog, and give what became of it.

        It runs in *simulator* as that is, or in a new world without a network, made of *seed* or of the header
        ``seed``. Every ``twilio.rest.Client`` of the process speaks with that world meanwhile.
        """
        from ..simulation import Simulator
        from ._run import run_dialog

        first = self.text.header("seed", 0) if seed is None else seed
        if simulator is not None:
            return run_dialog(self, simulator)
        return run_dialog(self, Simulator(first, network=False), is_own=True)

    def read_again(self, source: str) -> Dialog:
        """The dialog with its name in *source*, the text of its file now."""
        text = next(each for each in read_dialogs(source) if each.name == self.name)
        return replace(self, text=text, source=source)

    def find_application(self, target: str) -> Any:
        """The application that *target* names in this dialog; raises :class:`DialogError`."""
        return find_application(target, self.folder, self.names)


class DialogList(list[Dialog], Shown):
    """Dialogs in order. It is a list; :meth:`run` runs them all."""

    view: ClassVar[str] = "twilio_magic.views.dialog:bundle_of_unrun"

    def run(self, simulator: Simulator | None = None, *, seed: int | None = None) -> DialogResults:
        """Run them one after the other: each in a world of its own, or all in *simulator*."""
        return DialogResults(each.run(simulator, seed=seed) for each in self)

    def __repr__(self) -> str:
        lines = (visible_line(f"{each.place}: {each.name}") for each in self)
        return "\n".join(lines) or "no dialogs"


def dialogs(
    path_or_text: str | os.PathLike[str],
    *,
    names: Mapping[str, Any] | None = None,
    phones: Mapping[str, str] | None = None,
) -> DialogList:
    """The dialogs in a file, in the files of a folder, or in a text.

    A text that has one line and ends in ``.dialog`` is the path of a file. *names* are objects that the header ``app``
    may name, such as those of a notebook; *phones* are names of phones, by their addresses, such as
    ``simulator.phones.names``. Raises :class:`DialogError` that points at what it cannot read, and names the
    file.
    """
    text = path_or_text if isinstance(path_or_text, str) else ""
    is_path = not text or ("\n" not in text and text.strip().endswith(_SUFFIX))
    if not is_path:
        return DialogList(_read(text, "", names, phones))
    if text == "" and isinstance(path_or_text, str):
        return DialogList()
    path = Path(path_or_text)
    files = _find_files(path) if path.is_dir() else [path]
    return DialogList(
        each for file in files for each in _read(_load(file), str(file), names, phones)
    )


def _read(
    text: str, path: str, names: Mapping[str, Any] | None, phones: Mapping[str, str] | None
) -> Iterable[Dialog]:
    try:
        read = read_dialogs(text, phones)
    except DialogError as error:
        if path:
            error.place = f"{path}:{error.line}:{error.column}"
        raise
    return [Dialog(each.name, each, text, path, names) for each in read]


def _find_files(folder: Path) -> list[Path]:
    """The files of dialogs in *folder* and below it, without pipes and whatever else is called so."""
    return sorted(each for each in folder.rglob(f"*{_SUFFIX}") if each.is_file())


def _load(path: Path) -> str:
    try:
        return read_text_file(path)
    except (OSError, ValueError) as error:
        is_text = not isinstance(error, UnicodeDecodeError)
        why = (getattr(error, "strerror", None) or error) if is_text else "it is no text in UTF-8"
        raise DialogError(f"{path} cannot be read: {why}.", place=str(path)) from None
