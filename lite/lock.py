"""Pyodide with the wheels of the site: its files, and the list by which it finds and checks what to load."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from .wheels import Wheel, compile_folders, drop, pack

#: What a browser asks for of Pyodide's core; the rest is for other programs than a page.
_CORE = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm")
#: What is left as source in Python's library: a page has no terminal, and few encodings.
_UNCOMPILED = re.compile(
    r"^(_pyrepl|_pyio|doctest|imaplib|mailbox|multiprocessing|optparse|pickletools|pydoc|statistics"
    r"|xml/dom|xmlrpc|wsgiref|encodings/(?!(__init__|aliases|ascii|idna|latin_1|punycode|utf_8)\.))"
    r".*\.pyc$"
)
_LIBRARY, _LOCK = "python_stdlib.zip", "pyodide-lock.json"
#: What a package has loaded with it, if not all that it needs: the rest comes when it is imported.
_AT_ONCE = {
    "twilio-magic": ("markupsafe", "phonenumbers", "pygments", "requests", "simpy"),
}


def write_distribution(pyodide: Path, wheels: Iterable[Wheel], home: Path) -> None:
    """Put *pyodide* and *wheels* into the folder *home*, with the list of them."""
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)
    for name in _CORE:
        shutil.copy(pyodide / name, home)
    shutil.copy(compiled_library(pyodide), home / _LIBRARY)
    packages = dict(_packages(list(wheels), home))
    lock = json.loads((pyodide / _LOCK).read_text("utf-8")) | {"packages": packages}
    (home / _LOCK).write_text(json.dumps(lock, indent=1, sort_keys=True), "utf-8")


def compiled_library(pyodide: Path) -> Path:
    """Python's own library with its bytecode, made once."""
    made_by = sha256(Path(__file__).read_bytes()).hexdigest()[:16]
    target = pyodide.parents[1] / made_by / _LIBRARY
    if not target.exists():
        folder = target.with_suffix(".folder")
        with ZipFile(pyodide / _LIBRARY) as archive:
            archive.extractall(folder)
        compile_folders([folder], pyodide, "/lib/python314.zip", beside=True)
        drop(folder, _UNCOMPILED)
        pack(folder, target)
        shutil.rmtree(folder)
    return target


def _packages(wheels: list[Wheel], home: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    known = {wheel.name for wheel in wheels}
    for wheel in wheels:
        shutil.copy(wheel.path, home)
        yield (
            wheel.name,
            {
                "name": wheel.name,
                "version": wheel.version,
                "file_name": wheel.path.name,
                "install_dir": "site",
                "sha256": wheel.digest,
                "package_type": "package",
                "imports": wheel.modules,
                "depends": [
                    name for name in _AT_ONCE.get(wheel.name, wheel.needs) if name in known
                ],
                "unvendored_tests": False,
            },
        )
