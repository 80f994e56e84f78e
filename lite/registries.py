"""Fetches what the site is made of: Pyodide from npm, JupyterLite and wheels from PyPI, each by its hash.

What was fetched stays in the build folder; a list that changed is fetched anew.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

HERE = Path(__file__).parent
BUILD = HERE.parent / "build" / "lite"
#: Pyodide's Python, and the platforms whose wheels it takes.
PYTHON, ABI = "3.14", "cp314"
_BROWSER = ("any", "pyemscripten_2026_0_wasm32")
#: Any one will do: what is compiled in these wheels is left out.
_COMPILED = ("manylinux_2_17_x86_64", "manylinux2014_x86_64", "manylinux_2_28_x86_64")
_PIP = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet")
_NPM = ("npm", "ci", "--silent", "--no-fund", "--no-audit", "--ignore-scripts")


def fetch_pyodide() -> Path:
    """The folder of Pyodide's core, as npm has it."""
    home = BUILD / "npm"
    lists = [HERE / "package.json", HERE / "package-lock.json"]
    if not _is_fetched(home, lists):
        for path in lists:
            shutil.copy(path, home)
        _run([*_NPM, "--prefix", str(home)])
        _note(home, lists)
    return home / "node_modules" / "pyodide"


def fetch_tools() -> Path:
    """The folder in which JupyterLite and its kernel are installed."""
    home, listed = BUILD / "tools", HERE / "tools.txt"
    if not _is_fetched(home, [listed]):
        _run([*_PIP, "install", "--target", str(home), *_exactly(listed)])
        _note(home, [listed])
    return home


def fetch_wheels(name: str) -> list[Path]:
    """The wheels of the list *name*: ``wheels`` for a browser, ``fallbacks`` that need none of their compiled parts."""
    home, listed = BUILD / name, HERE / f"{name}.txt"
    if not _is_fetched(home, [listed]):
        download_wheels(home, name, _exactly(listed))
        _note(home, [listed])
    return sorted(home.glob("*.whl"))


def download_wheels(home: Path, name: str, wanted: Sequence[str]) -> None:
    """Put the wheels that pip is asked for with *wanted* into *home*, for the platforms of the list *name*."""
    platforms = _COMPILED if name == "fallbacks" else _BROWSER
    target = ["--python-version", PYTHON, "--implementation", "cp", "--abi", ABI, "--abi", "none"]
    for platform in platforms:
        target += ["--platform", platform]
    _run([*_PIP, "download", "--only-binary=:all:", *target, "--dest", str(home), *wanted])


def _exactly(listed: Path) -> list[str]:
    return ["--no-deps", "--require-hashes", "--requirement", str(listed)]


def _is_fetched(home: Path, lists: Sequence[Path]) -> bool:
    """Whether *home* has what *lists* name; if not, it is an empty folder now."""
    note = home / ".fetched"
    if note.exists() and note.read_text("utf-8") == _digest(lists):
        return True
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)
    return False


def _note(home: Path, lists: Sequence[Path]) -> None:
    (home / ".fetched").write_text(_digest(lists), "utf-8")


def _digest(lists: Sequence[Path]) -> str:
    return sha256(b"".join(path.read_bytes() for path in lists)).hexdigest()


def _run(command: Sequence[str]) -> None:
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)}\n{done.stdout}{done.stderr}")
