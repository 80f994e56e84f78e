"""Which files are meant, and why one cannot be read."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path

_SUFFIXES = (".twiml", ".xml")
_INSTALLED = ("site-packages", "node_modules")  # what others wrote, which is not TwiML


def documents_below(folder: Path) -> Iterator[str]:
    """The documents in *folder* and below it, in order, without hidden folders and installed packages."""
    inside = (each for each in folder.rglob("*") if each.suffix in _SUFFIXES)
    own = (each for each in inside if not _is_foreign(each.relative_to(folder).parts[:-1]))
    return iter(sorted(str(each) for each in own))


def why_not(name: str, error: Exception) -> str:
    """Why the file *name* cannot be read, and which one was probably meant."""
    if isinstance(error, FileNotFoundError):
        return f"{name}: there is no such file{_meant(Path(name))}"
    if isinstance(error, UnicodeDecodeError):
        return f"{name}: this is no text in UTF-8; save it as UTF-8"
    return f"{name}: {getattr(error, 'strerror', None) or error}"


def _is_foreign(folders: tuple[str, ...]) -> bool:
    return any(each.startswith(".") or each in _INSTALLED for each in folders)


def _meant(path: Path) -> str:
    folder = path.parent
    if not folder.is_dir():
        return f", nor a folder {folder}"
    documents = sorted(each.name for each in folder.iterdir() if each.suffix in _SUFFIXES)
    near = get_close_matches(path.name, documents, n=1)
    return f"; did you mean {folder / near[0]}?" if near else ""
