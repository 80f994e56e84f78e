"""Finds the web applications that are named on the command line: ``agent.py:app`` and ``package.module:app``."""

from __future__ import annotations

import re
import sys
from importlib import import_module
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

from ..errors import TwilioMagicError
from ..suggestions import did_you_mean, nearest
from ..tracebacks import describe_raised
from ._documents import explain_unreadable

#: ``module:app``; a file may be called so on no usual system.
_MODULE = re.compile(r"[A-Za-z_][\w.]*:[A-Za-z_][\w.]*")
_FILE = re.compile(r"(.+\.py):([A-Za-z_][\w.]*)")


def names_application(text: str) -> bool:
    """Whether *text* names an application, and no file."""
    return bool(_FILE.fullmatch(text) or _MODULE.fullmatch(text)) and not Path(text).exists()


def load_application(text: str) -> Any:
    """The object that ``agent.py:app`` or ``module:app`` names; a module is found as ``python -m`` finds one.

    Raises :class:`TwilioMagicError` where there is none, and where its module raises an exception.
    """
    file = _FILE.fullmatch(text)
    module, _, name = text.rpartition(":")
    found: Any = _run_file(Path(file[1])) if file else _import(module)
    for part in name.split("."):
        if not hasattr(found, part):
            near = _near(part, found)
            hint = did_you_mean(f"{module}:{near}") if near else "Write module:app."
            raise TwilioMagicError(f"There is no {part!r} in {module}.", hint=hint)
        found = getattr(found, part)
    return found


def _near(name: str, found: Any) -> str | None:
    return nearest(name, [each for each in dir(found) if not each.startswith("_")])


def _run_file(path: Path) -> ModuleType:
    """The module in the file *path*, with its folder among those of modules, as ``python`` runs it."""
    if not path.is_file():
        raise TwilioMagicError(explain_unreadable(str(path), FileNotFoundError()))
    _look_in(path.resolve().parent)
    name = path.stem.replace("-", "_")
    spec = spec_from_file_location(name, path)
    assert spec is not None  # noqa: S101 - it ends with .py
    assert spec.loader is not None  # noqa: S101
    module = sys.modules[name] = module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except Exception as error:
        raise _describe_failure(str(path), error) from error
    return module


def _import(module: str) -> ModuleType:
    here = _look_in(Path.cwd())
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        if error.name is None or not f"{module}.".startswith(f"{error.name}."):
            raise _describe_failure(module, error) from error
        raise TwilioMagicError(
            f"There is no module {module}.",
            hint=f"It is looked for in {here}, and as it is installed.",
        ) from None
    except Exception as error:
        raise _describe_failure(module, error) from error


def _look_in(folder: Path) -> str:
    if str(folder) not in sys.path:
        sys.path.insert(0, str(folder))
    return str(folder)


def _describe_failure(what: str, error: Exception) -> TwilioMagicError:
    missing = isinstance(error, ModuleNotFoundError)
    hint = "Install what it needs beside twilio-magic." if missing else "Run it by itself first."
    return TwilioMagicError(
        f"{what} cannot be loaded: {describe_raised(error).line}.",
        excerpt=describe_raised(error).traceback.splitlines(),
        hint=hint,
    )
