"""Environments in which nothing of the project is: the wheel is installed there, and used as a stranger would."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

PROBE = Path(__file__).with_name("probe.py")
#: Both generations of IPython that are supported.
IPYTHONS = ("ipython>=8.12,<9", "ipython>=9")
_OLDEST, _NEWEST_LOOKED_FOR = 11, 20


def pythons() -> Iterator[str]:
    """Every Python from 3.11 on that this machine has, one of each version."""
    for minor in range(_OLDEST, _NEWEST_LOOKED_FOR):
        found = next((path for path in _named(f"3.{minor}") if _runs(path, minor)), None)
        if found is not None:
            yield found


def told(python: str, wheel: Path, ipython: str) -> str:
    """What the probe says, in an environment of *python* with the *wheel*, its softphone and *ipython*."""
    with TemporaryDirectory() as folder:
        subprocess.run([python, "-m", "venv", folder], check=True)
        own = Path(folder) / "bin" / "python"
        wanted = [f"{wheel}[phone]", ipython]
        install = [str(own), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*install, *wanted], check=True, stderr=subprocess.DEVNULL)
        probe = [str(own), "-I", "-W", "error::DeprecationWarning:twilio_magic", str(PROBE)]
        said = subprocess.run(probe, check=True, capture_output=True, text=True, cwd=folder)
        return said.stdout.strip()


def _named(version: str) -> Iterator[str]:
    """Where a Python of this *version* may be: on the path, this one, and what pyenv keeps."""
    on_path = shutil.which(f"python{version}")
    yield from (path for path in (on_path, sys.executable) if path)
    if shutil.which("pyenv"):
        root = subprocess.run(
            ["pyenv", "root"],  # noqa: S607 - whichever is on the path
            check=True,
            capture_output=True,
            text=True,
        ).stdout.strip()
        yield from map(str, sorted(Path(root).glob(f"versions/{version}.*/bin/python")))


def _runs(python: str, minor: int) -> bool:
    """Whether *python* starts, is 3.*minor*, and can make environments."""
    ask = f"import sys, venv; raise SystemExit(sys.version_info[:2] != (3, {minor}))"
    return subprocess.run([python, "-c", ask], check=False, capture_output=True).returncode == 0
