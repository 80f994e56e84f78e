"""Wheels as the site has them: without what a browser cannot use, and with bytecode for Pyodide's Python.

A browser that has to compile what it imports takes twice as long until the first call.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from email import message_from_string
from email.message import Message
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name, parse_wheel_filename

from .registries import HERE

#: What imports of the site never reach: pattern of a path in a wheel, by reason.
_UNUSED = {
    "compiled for another machine than a browser": r"^markupsafe/_speedups\..*$",
    "names of places in all languages; the simulator has a table of its own": (
        r"^phonenumbers/(geodata|carrierdata|tzdata)/.*$"
    ),
    "types of libraries that the site does not have": (
        r"^jedi/third_party/(django-stubs|typeshed/stubs)/.*$"
    ),
    "the REST API of the SDK but for what its client cannot do without": (
        r"^twilio/rest/(?!__init__|api/__init__|api/v2010/).*/.*$"
    ),
    "what came before the present pydantic": r"^pydantic/v1/.*$",
    "tests": r"^[^/]+/(.*/)?tests?/.*$",
    "programs and pages of an installation": r"^[^/]+\.data/.*$",
    "a list of files that is not true any more": r"^[^/]+\.dist-info/RECORD$",
    "tutorials that the site has as notebooks": r"^twilio_magic/tutorials/.*$",
}
#: What is left as source: of hundreds of languages and tables, a page needs a few.
_UNCOMPILED = re.compile(
    r"^(pygments/(lexers|styles|formatters)|phonenumbers/(data|shortdata)|wcwidth|twilio/rest"
    r"|aiohttp|jedi|websockets/legacy|prompt_toolkit/(contrib|input|key_binding|layout|output|shortcuts|widgets))/"
    r"(.*/)?__pycache__/(?!(__init__|_mapping|html|python|default|data_[A-Z]{2})\.).*$"
)
_IS_UNUSED = re.compile("|".join(f"({pattern})" for pattern in _UNUSED.values()))
#: How a browser evaluates what a package needs.
_BROWSER = {"sys_platform": "emscripten", "platform_system": "Emscripten", "os_name": "posix"}
_BROWSER |= {"python_version": "3.14", "python_full_version": "3.14.2", "extra": ""}
_BROWSER |= {"platform_machine": "wasm32", "implementation_name": "cpython"}
_BROWSER |= {"platform_python_implementation": "CPython"}
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Wheel:
    """A wheel of the site, at *path*."""

    path: Path

    @property
    def name(self) -> str:
        """The name of its package, as indexes spell it."""
        return canonicalize_name(str(self._metadata["Name"]))

    @property
    def version(self) -> str:
        """The version of its package."""
        return str(self._metadata["Version"])

    @property
    def digest(self) -> str:
        """Its SHA-256, by which Pyodide checks what it loaded."""
        return sha256(self.path.read_bytes()).hexdigest()

    @cached_property
    def modules(self) -> list[str]:
        """The names that can be imported from it."""
        tops = {name.partition("/")[0].removesuffix(".py") for name in self._names}
        return sorted(top for top in tops if top.isidentifier())

    @cached_property
    def needs(self) -> list[str]:
        """The packages that it needs in a browser."""
        wanted = [Requirement(line) for line in self._metadata.get_all("Requires-Dist", [])]
        return sorted(
            canonicalize_name(one.name)
            for one in wanted
            if one.marker is None or one.marker.evaluate(_BROWSER)
        )

    @cached_property
    def _names(self) -> list[str]:
        with ZipFile(self.path) as archive:
            return archive.namelist()

    @cached_property
    def _metadata(self) -> Message:
        (name,) = (name for name in self._names if name.endswith(".dist-info/METADATA"))
        with ZipFile(self.path) as archive:
            return message_from_string(archive.read(name).decode("utf-8"))


def write_wheel(folder: Path, name: str, home: Path) -> Path:
    """Make a wheel of the packages in *folder*, in *home*."""
    target = home / f"{name.replace('-', '_')}-0-py3-none-any.whl"
    information = f"{name.replace('-', '_')}-0.dist-info"
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for path in folder.rglob("*.py"):
            archive.write(path, path.relative_to(folder))
        archive.writestr(
            f"{information}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: 0\n"
        )
        archive.writestr(
            f"{information}/WHEEL",
            "Wheel-Version: 1.0\nGenerator: lite\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        )
    return target


def prepare(sources: Iterable[Path], home: Path, pyodide: Path) -> list[Wheel]:
    """The wheels of *sources* as the site has them, in *home*; those that are there already are not made again."""
    targets = {source: home / _key(source) / _name_of(source) for source in sources}
    unpacked = [_unpack(source, path) for source, path in targets.items() if not path.exists()]
    compile_folders(unpacked, pyodide, "/lib/python3.14/site-packages")
    for folder in unpacked:
        drop(folder, _UNCOMPILED)
        pack(folder, folder.with_suffix(""))
        shutil.rmtree(folder)
    return [Wheel(path) for path in targets.values()]


def compile_folders(
    folders: Sequence[Path], pyodide: Path, place: str, *, beside: bool = False
) -> None:
    """Compile what is in *folders* with the Python of *pyodide*, as if it stood at *place*.

    The bytecode is *beside* its source, as an archive on Python's path needs it, or in ``__pycache__``.
    """
    if not folders:
        return
    program = ["node", str(HERE / "bytecode.mjs"), str(pyodide / "pyodide.mjs")]
    command = [*program, place, "beside" if beside else "cached", *map(str, folders)]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"what the site imports cannot be compiled:\n{done.stdout}{done.stderr}")


def pack(folder: Path, target: Path) -> None:
    """Put all files of *folder* into the archive *target*, the same bytes each time."""
    unfinished = target.with_suffix(".unfinished")
    with ZipFile(unfinished, "w") as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                entry = ZipInfo(path.relative_to(folder).as_posix(), _ZIP_EPOCH)
                archive.writestr(entry, path.read_bytes(), ZIP_DEFLATED, 9)
    unfinished.replace(target)


def drop(folder: Path, pattern: re.Pattern[str]) -> None:
    """Remove the files of *folder* whose path below it matches *pattern*."""
    for path in folder.rglob("*"):
        if path.is_file() and pattern.match(path.relative_to(folder).as_posix()):
            path.unlink()


def _name_of(source: Path) -> str:
    """A wheel's file name; one whose compiled parts are left out runs everywhere."""
    name, version, _, tags = parse_wheel_filename(source.name)
    if any("pyemscripten" in tag.platform for tag in tags):
        return source.name
    return f"{name.replace('-', '_')}-{version}-py3-none-any.whl"


def _key(source: Path) -> str:
    """What a prepared wheel is made of: the wheel of *source*, what is done with it, and by which Pyodide."""
    made_by = [Path(__file__), HERE / "bytecode.mjs", HERE / "package-lock.json"]
    return sha256(b"".join(path.read_bytes() for path in [source, *made_by])).hexdigest()[:16]


def _unpack(source: Path, target: Path) -> Path:
    """Unpack *source* into a folder beside *target*, but for what the site does not use."""
    folder = target.with_suffix(".whl.folder")
    shutil.rmtree(folder, ignore_errors=True)
    with ZipFile(source) as archive:
        used = [name for name in archive.namelist() if not _IS_UNUSED.match(name)]
        archive.extractall(folder, used)
    return folder
