"""The applications that dialogs name: objects in modules or in a notebook, files of TwiML, and servers that run."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

from ..errors import DialogError
from ..python_source import hint_at_applications
from ..regular_file import NoDocumentError, read_text_file
from ..suggestions import did_you_mean, nearest
from ..tracebacks import cut_traceback, describe_exception

_WEB = ("http://", "https://")
_MODULE = re.compile(r"(?P<module>[A-Za-z_][\w.]*):(?P<name>[A-Za-z_][\w.]*)(?P<made>\(\))?")
_NAME = re.compile(r"(?P<name>[A-Za-z_][\w.]*)(?P<made>\(\))?")


def find_application(target: str, folder: Path, names: Mapping[str, Any] | None = None) -> Any:
    """What *target* names: ``module:app``, a name among *names*, a file of TwiML in *folder*, or a server's address.

    With ``()`` behind it, it is called, and what it returns is the application. Raises :class:`DialogError`.
    """
    if target.startswith(_WEB):
        return target
    match = _MODULE.fullmatch(target)
    if match is not None:
        found = _follow(_load(match["module"], folder), match["name"], match["module"])
        return _make(found, target) if match["made"] else found
    match = _NAME.fullmatch(target)
    first = target.partition(".")[0].removesuffix("()")
    if names is not None and match is not None and first in names:
        _, _, rest = match["name"].partition(".")
        found = _follow(names[first], rest, first) if rest else names[first]
        return _make(found, target) if match["made"] else found
    return _read(target, folder, names)


def _load(module: str, folder: Path) -> Any:
    """The module, which is looked for in *folder* and in the current one, too."""
    for place in dict.fromkeys((str(folder.resolve()), str(Path.cwd()))):
        if place not in sys.path:
            sys.path.insert(0, place)
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        if error.name is None or not f"{module}.".startswith(f"{error.name}."):
            raise _loading_error(module, error) from error
        own = did_you_mean(module.removesuffix(".py")) if module.endswith(".py") else ""
        raise DialogError(
            f"There is no module {module}.",
            hint=own
            or f"It is looked for beside the dialogs, in {Path.cwd()}, and as it is installed.",
        ) from None
    except Exception as error:
        raise _loading_error(module, error) from error


def _loading_error(name: str, error: Exception) -> DialogError:
    return DialogError(
        f"{name} cannot be had: {describe_exception(error)}",
        excerpt=cut_traceback(error).splitlines(),
        hint="The application raised it when it was loaded.",
    )


def _follow(found: Any, path: str, whole: str) -> Any:
    for part in path.split("."):
        if not hasattr(found, part):
            meant = did_you_mean(nearest(part, dir(found)))
            raise DialogError(
                f"There is no {part!r} in {whole}.", hint=meant or "Write module:app."
            )
        found = getattr(found, part)
    return found


def _make(factory: Any, target: str) -> Any:
    try:
        return factory()
    except Exception as error:
        raise _loading_error(target, error) from error


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
    module = target.removesuffix(".py").replace("/", ".")
    hint = hint_at_applications(target, text, module)
    if hint is not None:
        raise DialogError(f"{target} is a Python file, and no TwiML.", hint=hint)
    return text
