"""Whether the extension of JupyterLab in the repository was built from the sources beside it.

``python -m tests.packaging.lab_extension`` notes the sources of a build; ``make lab-extension`` does it.
"""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

HOME = Path(__file__).parents[2] / "lab"
NOTE = HOME / "built-from.sha256"
#: What the build reads; ``src`` and ``style`` are folders.
_READ = ("package.json", "package-lock.json", "tsconfig.json", "src", "style", "schema")


def digest() -> str:
    """The digest of all that the build reads."""
    found = sha256()
    for name in _READ:
        path = HOME / name
        for file in sorted(path.rglob("*.*")) if path.is_dir() else [path]:
            found.update(f"{file.relative_to(HOME).as_posix()}\n".encode())
            found.update(file.read_bytes())
    return found.hexdigest()


if __name__ == "__main__":
    NOTE.write_text(f"{digest()}\n", "utf-8")
