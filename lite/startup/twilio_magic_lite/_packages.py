"""Packages of the site, loaded in the moment in which they are first imported."""

from __future__ import annotations

import io
import sys
import sysconfig
from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from importlib import invalidate_caches
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType
from typing import Any
from zipfile import ZipFile

#: One package of Pyodide's lock file.
Package = Mapping[str, Any]


class PackageFinder(MetaPathFinder):
    """Finds modules in those *packages* of Pyodide's lock file that are not *loaded*, after *load* did it.

    It stands behind all others, so it is asked for what nobody else has.
    """

    def __init__(
        self, packages: Mapping[str, Package], loaded: Any, load: Callable[[Package], None]
    ) -> None:
        self._packages = packages
        self._owners = {
            module: name for name, package in packages.items() for module in package["imports"]
        }
        self._loaded = loaded
        self._load = load
        self._tried: set[str] = set()

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """The module *fullname*, once the package that has it is there, and all that it needs."""
        owner = self._owners.get(fullname)
        if owner is None or owner in self._tried:
            return None
        self._load_with_needs(owner)
        invalidate_caches()
        return PathFinder.find_spec(fullname, path, target)

    def _load_with_needs(self, name: str) -> None:
        if name in self._tried:
            return
        self._tried.add(name)
        package = self._packages[name]
        for need in package["depends"]:
            self._load_with_needs(need)
        if not hasattr(self._loaded, name):
            self._load(package)
            setattr(self._loaded, name, "site")


def unpack(package: Package, base: str) -> None:
    """Fetch the wheel of *package* from below the address *base*, and unpack it where Python finds it.

    The page waits meanwhile: an import cannot be told to come again.
    """
    from js import XMLHttpRequest

    request = XMLHttpRequest.new()
    request.open("GET", f"{base}{package['file_name']}", False)
    request.responseType = "arraybuffer"
    request.send()
    content = request.response.to_bytes()
    if sha256(content).hexdigest() != package["sha256"]:
        raise ImportError(f"The site has another {package['file_name']} than its list says.")
    with ZipFile(io.BytesIO(content)) as archive:
        archive.extractall(sysconfig.get_path("purelib"))
    sys.path_importer_cache.clear()
