"""``twilio-magic learn``: the tutorials, in a folder that belongs to the learner, opened in JupyterLab."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from ..display import count_of
from ._command_parser import add_command
from ._terminal import print_text
from ._tutorials import FIRST, Copied, copy_tutorials, trust

_FOLDER = "twilio-magic-tutorials"
_INSTALL = 'pip install "twilio-magic[agents,lab,mp3,phone]"'


def add_to(commands: Any) -> None:
    """Add the command to the command line."""
    command = add_command(
        commands,
        "learn",
        "copy the tutorials into a folder of yours, and open them in JupyterLab",
        says="Copy the tutorials, with the pages they link to, into a folder of yours, and open the first "
        "in JupyterLab, which trusts them. Files that are there stay as they are: run it again to go on.",
        examples=("learn", "learn my-tutorials", "learn my-tutorials --no-open"),
    )
    command.add_argument(
        "folder",
        nargs="?",
        metavar="FOLDER",
        type=Path,
        default=Path(_FOLDER),
        help=f"where the copy is, or is to be (default: {_FOLDER})",
    )
    command.add_argument(
        "--no-open", action="store_true", help="copy only, and say how to open the tutorials"
    )
    command.set_defaults(run=run_learn)


def run_learn(options: argparse.Namespace) -> int:
    """Copy the tutorials, say what became of them, and open the first."""
    folder: Path = options.folder
    copied = copy_tutorials(folder)
    is_trusted = trust(folder, copied.as_released)
    print_text("\n".join(_report(folder, copied, is_trusted=is_trusted)))
    if find_spec("jupyterlab") is None:
        print_text(f"To open them, install JupyterLab: {_INSTALL}\nThen: {_again(folder)}")
    elif options.no_open:
        print_text(f"To open them: {_again(folder)}")
    else:
        return _open(folder)
    return 0


def _report(folder: Path, copied: Copied, *, is_trusted: bool) -> list[str]:
    number = count_of(len(_notebooks(copied.new)), "notebook")
    trusted = ", and Jupyter trusts them" if is_trusted else ""
    lines = [
        f"{folder}: {number} copied{trusted}."
        if copied.new
        else f"{folder}: the tutorials are all there."
    ]
    if copied.changed:
        lines += [
            f"Kept as you left them: {', '.join(copied.changed)}.",
            "For a fresh copy of one, rename yours, and run this again.",
        ]
    return lines


def _notebooks(paths: list[str]) -> list[str]:
    return [path for path in paths if path.endswith(".ipynb")]


def _again(folder: Path) -> str:
    return "twilio-magic learn" if str(folder) == _FOLDER else f'twilio-magic learn "{folder}"'


def _open(folder: Path) -> int:
    """Become JupyterLab, so that what is typed here is typed to it.

    Its terminals begin in *folder*, and find ``twilio-magic`` where no environment is activated.
    """
    options = [
        f"--ServerApp.root_dir={folder.resolve()}",
        f"--LabApp.default_url=/lab/tree/{FIRST}",
    ]
    if os.name != "nt" and not sys.stdout.isatty():
        # a login shell, which Jupyter would take here, may forget PATH
        shell = {"shell_command": [os.environ.get("SHELL") or "sh"]}
        options.append(f"--ServerApp.terminado_settings={shell}")
    if hasattr(os, "geteuid") and os.geteuid() == 0:  # in a container; JupyterLab would refuse
        options.append("--allow-root")
    command = [sys.executable, "-P", "-m", "jupyterlab", *options]
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)])
    environment = os.environ | {"PATH": path}
    os.chdir(folder)
    if os.name != "nt":
        os.execve(sys.executable, command, environment)  # noqa: S606 - this very Python
    return subprocess.run(command, check=False, env=environment).returncode  # noqa: S603
