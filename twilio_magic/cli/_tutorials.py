"""The tutorials: where they are kept, and a copy of them that belongs to a learner."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import field
from importlib.util import find_spec
from pathlib import Path

from ..errors import TwilioMagicError
from ..records import dataclass

FIRST = "00-first-call.ipynb"

_PACKAGE = Path(__file__).parents[1]
_NOTEBOOKS, _PAGES = "notebooks", "docs"
#: What tutorials are made of; anything else that lies beside them is somebody's own.
_KINDS = {".ipynb", ".py", ".ini", ".md", ".dialog", ".wav", ".xml", ".twiml"}

#: A link to a page or a notebook that is beside the folder of its own, and one that leads out of the copy.
_TO_PAGES = re.compile(r"\]\(\.\./docs/")
_TO_NOTEBOOKS = re.compile(r"\]\(((?:\.\./)+)notebooks/")
#: A picture of a page, which the wheel has not; its words stay.
_PICTURE = re.compile(r"!\[([^\]]*)\]\((?:\.\./)+images/[^)]*\)")
_OUTSIDE = re.compile(r"\[([^\]]*)\]\((?:\.\./)+[A-Z]+\.md[^)]*\)")


@dataclass(slots=True)
class Copied:
    """The files of a copy by their paths in it: *new* ones, and those that were there, *equal* or *changed*."""

    new: list[str] = field(default_factory=list)
    equal: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)

    @property
    def as_released(self) -> list[str]:
        """The files that are as the package has them."""
        return [*self.new, *self.equal]


def copy_tutorials(folder: Path) -> Copied:
    """Copy the notebooks, what they need and the pages that they link to into *folder*.

    A file that is there stays as it is, whatever it holds.
    """
    copied = Copied()
    for path, content in _read_tutorials():
        try:
            _add(folder / path, content, copied, path)
        except OSError as error:
            raise _not_written(folder, error) from None
    _begin_progress(folder)
    return copied


def _begin_progress(folder: Path) -> None:
    """Make the file in which the notebooks of the *folder* keep what the learner has done."""
    from ..learning import PROGRESS_FILE, describe_progress

    file = folder / PROGRESS_FILE
    with suppress(FileExistsError), file.open("x", encoding="utf-8") as opened:
        opened.write(describe_progress({}))


def _add(target: Path, content: bytes, copied: Copied, path: str) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        with target.open("xb") as file:  # never over what is there, and never through a link
            file.write(content)
    except FileExistsError:
        is_equal = target.is_file() and target.read_bytes() == content
        (copied.equal if is_equal else copied.changed).append(path)
    else:
        copied.new.append(path)


def _read_tutorials() -> Iterator[tuple[str, bytes]]:
    """Each file with its path in the copy: notebooks in the folder itself, pages in ``docs``."""
    home = _home()
    for part in (_NOTEBOOKS, _PAGES):
        for source in sorted((home / part).rglob("*")):
            path = source.relative_to(home)
            if source.suffix in _KINDS and not _is_hidden(path) and source.is_file():
                inside = path.relative_to(_NOTEBOOKS) if part == _NOTEBOOKS else path
                yield inside.as_posix(), _relink(source)


def _is_hidden(path: Path) -> bool:
    """Whether *path* is none of the tutorials': such as a checkpoint of Jupyter, or what builds the site."""
    return any(part[0] in "._" for part in path.parts) or path.parts[:2] == (_PAGES, "site")


def _home() -> Path:
    """Where the tutorials are: inside of the package that is installed, or beside it in a clone."""
    installed = _PACKAGE / "tutorials"
    home = installed if installed.is_dir() else _PACKAGE.parent
    if not (home / _NOTEBOOKS / FIRST).is_file():
        raise TwilioMagicError(
            f"There are no tutorials in {home}.",
            hint='They are in the wheel and in a clone: pip install --force-reinstall "twilio-magic".',
        )
    return home


def _relink(source: Path) -> bytes:
    """The content of *source* with links that lead on in the copy."""
    content = source.read_bytes()
    if source.suffix not in {".ipynb", ".md"}:
        return content
    text = _TO_PAGES.sub("](docs/", _PICTURE.sub(r"*\1*", content.decode("utf-8")))
    return _OUTSIDE.sub(r"\1", _TO_NOTEBOOKS.sub(r"](\1", text)).encode("utf-8")


def trust(folder: Path, paths: list[str]) -> bool:
    """Have Jupyter trust the notebooks at *paths* in *folder*; false where there is no Jupyter."""
    if find_spec("nbformat") is None:
        return False
    import nbformat
    from nbformat.sign import NotebookNotary

    notary = NotebookNotary(log=logging.getLogger("nbformat"))
    for path in paths:
        if path.endswith(".ipynb"):
            notary.sign(nbformat.read(folder / path, as_version=4))
    return True


def _not_written(folder: Path, error: OSError) -> TwilioMagicError:
    reason = error.strerror or str(error)
    return TwilioMagicError(
        f"The tutorials cannot be written into {folder}: {reason}.",
        hint="Name another folder: twilio-magic learn FOLDER.",
    )
