"""Objects of Python that texts name, ``bakery:app``, ``bakery.py:app`` and ``bakery:create_app()``, and their names."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from importlib import import_module
from importlib.util import module_from_spec, spec_from_file_location
from inspect import unwrap
from pathlib import Path
from types import ModuleType
from typing import Any

from .errors import TwilioMagicError
from .suggestions import did_you_mean, nearest
from .tracebacks import describe_raised

#: A file that is so called exists on no usual system.
_NAMED = re.compile(
    r"(?:(?P<file>.+\.py)|(?P<module>[A-Za-z_][\w.]*)):(?P<name>[A-Za-z_][\w.]*)(?P<made>\(\))?"
)


def names_application(text: str, folder: Path | None = None) -> bool:
    """Whether *text* names an application in a module or a Python file, and is no file in *folder* itself."""
    return bool(_NAMED.fullmatch(text)) and not ((folder or Path()) / text).exists()


def load_application(text: str, folder: Path | None = None) -> Any:
    """The object that *text* names, an application or a function; what ends with ``()`` is called, and gives it.

    A module is found as ``python -m`` finds one, and in *folder*, too; so is a file. A module is run once. Raises
    :class:`TwilioMagicError` where there is none, and where it raises an exception.
    """
    match = _NAMED.fullmatch(text)
    if match is None:
        raise TwilioMagicError(f"{text!r} names no application.", hint="Write module:app.")
    places = list(dict.fromkeys((*([folder.resolve()] if folder else []), Path.cwd())))
    if match["file"]:
        place, found = match["file"], _run_file(match["file"], places)
    else:
        place, found = match["module"], _import(match["module"], places)
    found = follow_names(found, match["name"], place)
    return make_application(found, text) if match["made"] else found


def name_application(found: object) -> str | None:
    """What :func:`load_application` finds *found* by in the current directory; ``None`` if no file there has it."""
    code = getattr(unwrap(found) if callable(found) else found, "__code__", None)
    if code is not None and getattr(found, "__module__", "") == "__main__":
        name = getattr(found, "__qualname__", "")
        file = _below_here(code.co_filename)
        return f"{file}:{name}" if file and name.isidentifier() else None
    own = getattr(found, "__module__", "") or getattr(found, "import_name", "")
    names = sorted(_names_in_modules(found), key=lambda each: (each[0] != own, each))
    return next((f"{module}:{name}" for module, name in names), None)


def _names_in_modules(found: object) -> Iterator[tuple[str, str]]:
    """The modules of the current directory that have *found*, each with its name there."""
    for module, loaded in list(sys.modules.items()):
        file = getattr(loaded, "__file__", None)
        if module == "__main__" or not isinstance(file, str) or not _below_here(file):
            continue
        for name, value in list(vars(loaded).items()):
            if value is found and not name.startswith("_"):
                yield module, name


def _below_here(file: str) -> str:
    """The path of *file* from the current directory; empty if it is not there, or belongs to an installed package."""
    path, here = Path(file), Path.cwd()
    if path.suffix != ".py" or not path.is_relative_to(here) or not path.is_file():
        return ""
    return "" if "site-packages" in path.parts else path.relative_to(here).as_posix()


def follow_names(found: Any, path: str, place: str) -> Any:
    """What *path*, names with dots between them, means in *found*, which was found at *place*."""
    for part in path.split("."):
        if not hasattr(found, part):
            near = nearest(part, [each for each in dir(found) if not each.startswith("_")])
            hint = (
                did_you_mean(f"{place}:{near}")
                if near
                else f"Write {place}:NAME, with a name that is there."
            )
            raise TwilioMagicError(f"There is no {part!r} in {place}.", hint=hint)
        found = getattr(found, part)
    return found


def make_application(factory: Any, name: str) -> Any:
    """What *factory* returns, which is called *name*."""
    try:
        return factory()
    except Exception as error:
        raise _describe_failure(name, error) from error


def _run_file(name: str, places: Iterable[Path]) -> ModuleType:
    """The module in the file *name*, with its folder among those of modules, as ``python`` runs it."""
    path = next((place / name for place in places if (place / name).is_file()), None)
    if path is None:
        raise _no_file(name)
    _look_in([path.resolve().parent])
    module_name = path.stem.replace("-", "_")
    known = sys.modules.get(module_name)
    if known is not None and known.__dict__.get("__file__") == str(path):
        return known
    spec = spec_from_file_location(module_name, path)
    assert spec is not None  # noqa: S101 - it ends with .py
    assert spec.loader is not None  # noqa: S101
    module = sys.modules[module_name] = module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except BaseException as error:
        del sys.modules[module_name]
        if isinstance(error, Exception):
            raise _describe_failure(name, error) from error
        raise
    return module


def _no_file(name: str) -> TwilioMagicError:
    beside = [str(each) for each in Path(name).parent.glob("*.py")] if "\0" not in name else []
    meant = did_you_mean(nearest(str(Path(name)), beside))
    return TwilioMagicError(f"{name}: there is no such file.", hint=meant or None)


def _import(module: str, places: Iterable[Path]) -> ModuleType:
    _look_in(places)
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        if error.name is None or not f"{module}.".startswith(f"{error.name}."):
            raise _describe_failure(module, error) from error
        where = " and ".join(map(str, places))
        raise TwilioMagicError(
            f"There is no module {module}.",
            hint=f"It is looked for in {where}, and as it is installed.",
        ) from None
    except Exception as error:
        raise _describe_failure(module, error) from error


def _look_in(places: Iterable[Path]) -> None:
    for each in map(str, places):
        if each not in sys.path:
            sys.path.insert(0, each)


def _describe_failure(what: str, error: Exception) -> TwilioMagicError:
    raised = describe_raised(error)
    return TwilioMagicError(
        f"{what} cannot be loaded: {raised.line}.",
        excerpt=raised.traceback.splitlines(),
        hint=_next_step(error),
    )


def _next_step(error: Exception) -> str:
    """What to do about *error*, which the file that is loaded has raised."""
    if isinstance(error, ModuleNotFoundError):
        return "Install what it needs beside twilio-magic."
    if not isinstance(error, SyntaxError) or not error.lineno:
        return "Run it by itself first."
    place = f"line {error.lineno} of {Path(error.filename or '').name}"
    if isinstance(error, IndentationError) and error.msg == "unexpected indent":
        return (
            f"Take the blanks away at the beginning of {place}, and of the lines that go with it."
        )
    return f"Mend {place}."
