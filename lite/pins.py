"""``python -m lite.pins``: pin the newest versions of what the site is made of, by their hashes."""

from __future__ import annotations

import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from packaging.utils import parse_wheel_filename

from .registries import HERE, PYTHON, download_wheels

#: Wheels with compiled parts that can do without them.
FALLBACKS = {"markupsafe"}
#: What JupyterLite's kernel brings a stand-in for.
_STOOD_IN_FOR = {"widgetsnbextension"}


def main() -> None:
    """Resolve, download, and note."""
    wanted = _resolved()
    plain = [pin for name, pin in wanted.items() if name not in FALLBACKS | _STOOD_IN_FOR]
    _write("wheels", plain)
    _write("fallbacks", [wanted[name] for name in sorted(FALLBACKS)])
    _compile("tools", "--python-version", "3.11", "--universal", "--generate-hashes", write=True)


def _resolved() -> dict[str, str]:
    """The wheels that ``wheels.in`` names, and what they need: their pins, by name."""
    platform = ["--python-platform", "wasm32-pyodide2025"]
    pins = _compile("wheels", "--python-version", PYTHON, *platform).split()
    return {pin.partition("==")[0]: pin for pin in pins}


def _compile(name: str, *options: str, write: bool = False) -> str:
    command = [sys.executable, "-m", "uv", "pip", "compile", "--quiet", "--no-header"]
    command += ["--no-annotate", *options, str(HERE / f"{name}.in")]
    command += ["--output-file", str(HERE / f"{name}.txt")] if write else []
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return done.stdout


def _write(name: str, pins: list[str]) -> None:
    with TemporaryDirectory() as folder:
        download_wheels(Path(folder), name, ["--no-deps", *pins])
        lines = sorted(_pinned(path) for path in Path(folder).glob("*.whl"))
    (HERE / f"{name}.txt").write_text("\n".join([*lines, ""]), "utf-8")


def _pinned(wheel: Path) -> str:
    name, version, _, _ = parse_wheel_filename(wheel.name)
    return f"{name}=={version} --hash=sha256:{sha256(wheel.read_bytes()).hexdigest()}"


if __name__ == "__main__":
    main()
