"""A JupyterLab server of its own, on loopback, with no memory of earlier runs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep
from urllib.error import URLError
from urllib.request import ProxyHandler, build_opener
from urllib.response import addinfourl

from ..ports import free_port
from .wheel import DATA, MODULES, unpack

_SECONDS_TO_START = 300
_DIRECTORIES = {
    "JUPYTER_CONFIG_DIR": "config",
    "JUPYTER_DATA_DIR": "data",
    "JUPYTER_RUNTIME_DIR": "runtime",
    "JUPYTERLAB_SETTINGS_DIR": "settings",
    "JUPYTERLAB_WORKSPACES_DIR": "workspaces",
    "IPYTHONDIR": "ipython",
}
_SETTINGS = {
    # no popup over the page
    "apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
    # every cell is in the page, seen or not
    "notebook-extension/tracker": {"windowingMode": "none"},
    # what the kernel offers to complete is waited for, however slow it is
    "completer-extension/manager": {"providerTimeout": 180_000},
}


@dataclass(frozen=True)
class Lab:
    """A running server: its address, and the directory whose files it shows."""

    url: str
    root: Path
    log: Path

    def manage_extensions(self, *words: str) -> str:
        """What ``jupyter labextension`` says to *words*."""
        command = [sys.executable, "-m", "jupyter", "labextension", *words]
        environment = _environment(self.root.parent)
        done = subprocess.run(
            command, env=environment, check=True, timeout=120, capture_output=True, text=True
        )
        return done.stdout + done.stderr

    def trust(self, path: Path) -> None:
        """Trust the notebook at *path*, as `twilio-magic learn` does."""
        command = [sys.executable, "-m", "jupyter", "trust", str(path)]
        subprocess.run(command, env=_environment(self.root.parent), check=True, timeout=120)

    def fetch(self, path: str) -> tuple[str, str]:
        """The address at which a request for *path* ends, and what it gives."""
        with _open(f"{self.url}/{path}") as answer:
            return answer.url, answer.read().decode("utf-8")

    def said(self) -> str:
        """The end of what the server wrote, for the message of a test that fails."""
        return self.log.read_text("utf-8", errors="replace")[-2000:]


@contextmanager
def running_lab(
    home: Path, command: Sequence[str] | None = None, *, beside: Path | None = None
) -> Iterator[Lab]:
    """A server with our wheel and all its state below *home*, until the block ends.

    *command* starts another than the usual; *beside* is a folder in which pip put more for it.
    """
    root = home / "notebooks"
    root.mkdir()
    unpack(home)
    _write_settings(home / _DIRECTORIES["JUPYTERLAB_SETTINGS_DIR"])
    port = free_port()
    _configure(home / _DIRECTORIES["JUPYTER_CONFIG_DIR"], port)
    log = home / "lab.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            command or _command(root), env=_environment(home, beside), stdout=output, stderr=output
        )
        try:
            lab = Lab(f"http://127.0.0.1:{port}", root, log)
            _wait_for(lab, process)
            yield lab
        finally:
            _stop(process)


def _command(root: Path) -> list[str]:
    # the tests run commands through the application
    options = [f"--ServerApp.root_dir={root}", "--LabApp.expose_app_in_browser=True"]
    return [sys.executable, "-m", "jupyterlab", "--allow-root", *options]


def _configure(folder: Path, port: int) -> None:
    """Write what every server here is started with."""
    settings = {
        "ServerApp": {
            "ip": "127.0.0.1",
            "port": port,
            "port_retries": 0,
            "password": "",
            "open_browser": False,
        },
        "IdentityProvider": {"token": ""},
    }
    folder.mkdir()
    (folder / "jupyter_server_config.json").write_text(json.dumps(settings), "utf-8")


def _environment(home: Path, beside: Path | None = None) -> Mapping[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TWILIO_")}
    kept["JUPYTER_PATH"] = str(home / DATA / "share" / "jupyter")
    kept["PYTHONPATH"] = os.pathsep.join([str(home / MODULES), kept.get("PYTHONPATH", "")])
    if beside is not None:
        kept["PYTHONPATH"] += f"{os.pathsep}{beside}"
        kept["JUPYTER_PATH"] += f"{os.pathsep}{beside / 'share' / 'jupyter'}"
        kept["JUPYTER_CONFIG_PATH"] = str(beside / "etc" / "jupyter")
    return kept | {name: str(home / folder) for name, folder in _DIRECTORIES.items()}


def _write_settings(settings: Path) -> None:
    for plugin, values in _SETTINGS.items():
        path = settings / "@jupyterlab" / f"{plugin}.jupyterlab-settings"
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps(values), "utf-8")


def _wait_for(lab: Lab, process: subprocess.Popen[bytes]) -> None:
    deadline = monotonic() + _SECONDS_TO_START
    while not _answers(lab):
        if process.poll() is not None or monotonic() > deadline:
            raise RuntimeError(f"JupyterLab did not start:\n{lab.said()}")
        sleep(0.05)  # between two questions


def _answers(lab: Lab) -> bool:
    try:
        with _open(f"{lab.url}/api/status"):
            return True
    except (URLError, ConnectionError, TimeoutError):
        return False


def _open(url: str) -> addinfourl:
    opened: addinfourl = build_opener(ProxyHandler({})).open(
        url, timeout=60
    )  # loopback is asked directly
    return opened


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(60)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
