"""The applications that dialogs name: objects in modules or in a notebook, files of TwiML, and servers that run."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ..applications import follow_names, load_application, make_application, names_application
from ..errors import DialogError, TwilioMagicError
from ..python_source import hint_at_applications
from ..regular_file import NoDocumentError, read_text_file
from ..suggestions import did_you_mean, nearest
from ._folder import folder_application

_WEB = ("http://", "https://")
_NAME = re.compile(r"(?P<first>[A-Za-z_]\w*)(?:\.(?P<rest>[\w.]+))?(?P<made>\(\))?")


def find_application(target: str, folder: Path, names: Mapping[str, Any] | None = None) -> Any:
    """What *target* names: ``module:app``, ``file.py:app``, a name among *names*, a file of TwiML in *folder*, a folder
    there, whose files it has then, a server's address; or the document that *target* is.

    With ``()`` behind it, it is called, and what it returns is the application. Raises :class:`DialogError`.
    """
    if target.startswith((*_WEB, "<")):
        return target
    if (folder / target).is_dir():
        return folder_application(folder / target)
    with _as_dialog_errors():
        if names_application(target, folder):
            return load_application(target, folder)
        match = _NAME.fullmatch(target)
        if names is not None and match is not None and match["first"] in names:
            found = names[match["first"]]
            found = follow_names(found, match["rest"], match["first"]) if match["rest"] else found
            return make_application(found, target) if match["made"] else found
    return _read(target, folder, names)


@contextmanager
def _as_dialog_errors() -> Iterator[None]:
    try:
        yield
    except TwilioMagicError as error:
        told = DialogError(error.message, hint=error.hint, excerpt=error.excerpt)
        raise told from error.__cause__


def _read(target: str, folder: Path, names: Mapping[str, Any] | None) -> str:
    try:
        text = read_text_file(folder / target)
    except (NoDocumentError, UnicodeDecodeError) as error:
        why = error if isinstance(error, NoDocumentError) else "it is no text in UTF-8"
        raise DialogError(f"The document {target} cannot be read: {why}.") from None
    except (OSError, ValueError):
        known = [name for name in names or () if not name.startswith("_")]
        meant = did_you_mean(nearest(target, known))
        what = "no file, and no name in this notebook" if names is not None else "no file"
        raise DialogError(
            f"There is no application {target!r}: it is {what}.",
            hint=f"{meant} Write module:app, a file of TwiML, or the address of a server.".strip(),
        ) from None
    hint = hint_at_applications(target, text, with_worlds=True)
    if hint is not None:
        raise DialogError(f"{target} is a Python file, and no TwiML.", hint=hint)
    return text
