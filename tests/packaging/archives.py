"""The two archives of a release: what has to be in them, and nothing else."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tarfile
from email import message_from_bytes
from pathlib import Path
from zipfile import ZipFile

from tests.docs.pages import links_in

ROOT = Path(__file__).parents[2]
DIST = ROOT / "dist"
PACKAGE = "twilio_magic"
#: What the sdist has beside the folders that it takes whole.
BESIDE = {"README.md", "ARCHITECTURE.md", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "Makefile"}
BESIDE |= {"SECURITY.md", "hatch_build.py", "pyproject.toml"}
FOLDERS = (PACKAGE, "tests", "benchmarks", "notebooks", "docs", "binder", "lab", "lite")
#: The extension of JupyterLab in the repository, and where the wheel has it.
EXTENSION, SHARED = "lab/labextension", "data/share/jupyter/labextensions/twilio-magic"
MOST_BYTES = 3_000_000
#: Where the wheel has what `twilio-magic learn` copies, and what that is in the repository.
TUTORIALS = f"{PACKAGE}/tutorials"
NOT_TUTORIALS = ("docs/site/", "docs/images/")
#: Files without which the installed package does not work, or is not typed.
NEEDED = {
    f"{PACKAGE}/py.typed",
    f"{PACKAGE}/api/requests/error_codes.json",
    f"{PACKAGE}/api/requests/parameters.json",
    f"{PACKAGE}/api/requests/resources.LICENSE",
    f"{PACKAGE}/api/requests/resources.json",
    f"{PACKAGE}/notebook/source.css",
    f"{PACKAGE}/notebook/source.js",
    f"{PACKAGE}/notebook/softphone/softphone.css",
    f"{PACKAGE}/notebook/softphone/softphone.js",
    f"{PACKAGE}/scripts/statements.json",
    f"{PACKAGE}/simulation/rest/usage.json",
    f"{PACKAGE}/simulation/webhooks/places.LICENSE",
    f"{PACKAGE}/simulation/webhooks/places.txt",
    f"{PACKAGE}/simulation/webhooks/webhooks.json",
    f"{PACKAGE}/twiml/build.pyi",
    f"{PACKAGE}/twiml/language/vocabulary.json",
}


def build() -> Path:
    """Build the sdist, and from it the wheel; returns the wheel. Both are in ``dist``, alone."""
    shutil.rmtree(DIST, ignore_errors=True)
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(DIST), str(ROOT)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    (wheel,) = DIST.glob("*.whl")
    return wheel


def faults(wheel: Path) -> list[str]:
    """What is wrong with the archives, a sentence each."""
    (sdist,) = DIST.glob("*.tar.gz")
    packaged = _kept(PACKAGE) | _tutorials() | _extension(wheel)
    contents = [*_faults("wheel", _in_wheel(wheel), packaged), *_faults("sdist", *_of(sdist))]
    return [*contents, *_lost_links(wheel), *_weight(wheel)]


def _extension(wheel: Path) -> set[str]:
    """The files of the extension of JupyterLab, as the wheel has them."""
    home = "{}-{}.data/".format(*wheel.name.split("-")[:2]) + SHARED
    built = {f"{home}{name.removeprefix(EXTENSION)}" for name in _kept(EXTENSION)}
    return {*built, f"{home}/install.json"}


def _weight(wheel: Path) -> list[str]:
    size = wheel.stat().st_size
    return [f"the wheel has {size:,} bytes"] if size > MOST_BYTES else []


def _of(sdist: Path) -> tuple[set[str], set[str]]:
    kept = {name for folder in FOLDERS for name in _kept(folder)}
    return _in_sdist(sdist), kept | BESIDE


def _faults(archive: str, found: set[str], wanted: set[str]) -> list[str]:
    missing = sorted((wanted | NEEDED) - found)
    alien = sorted(found - wanted)
    return [
        *(f"the {archive} lacks {name}" for name in missing),
        *(f"the {archive} has {name}, which the repository has not" for name in alien),
    ]


def _kept(folder: str) -> set[str]:
    """The files of *folder* that the repository keeps."""
    listed = subprocess.run(
        ["git", "-C", str(ROOT), "ls-files", folder],  # noqa: S607 - the git that made the clone
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    return set(listed.splitlines())


def _tutorials() -> set[str]:
    """The files of the tutorials, as the wheel has them."""
    kept = _kept("notebooks") | {
        name for name in _kept("docs") if not name.startswith(NOT_TUTORIALS)
    }
    return {f"{TUTORIALS}/{name}" for name in kept}


def _in_wheel(wheel: Path) -> set[str]:
    with ZipFile(wheel) as archive:
        return {name for name in archive.namelist() if ".dist-info/" not in name}


def _lost_links(wheel: Path) -> list[str]:
    """Links of the page on PyPI that lead to files beside it, where the build knew the project's address."""
    with ZipFile(wheel) as archive:
        (name,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        metadata = message_from_bytes(archive.read(name))
    lost = links_in(str(metadata.get_payload())) if metadata["Project-URL"] else ()
    return [f"the wheel's description links to {link}, which PyPI has not" for link in lost]


def _in_sdist(sdist: Path) -> set[str]:
    with tarfile.open(sdist) as archive:
        names = (member.name.partition("/")[2] for member in archive if member.isfile())
        return {name for name in names if name not in ("PKG-INFO", ".gitignore")}
