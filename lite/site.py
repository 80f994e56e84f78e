"""The site: JupyterLab without a server, its kernel, the tutorials, and settings that ask nothing of other machines."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from .registries import BUILD
from .tutorials import ROOT
from .wheels import drop

SITE = BUILD / "site"
SOURCE = BUILD / "source"
#: Fonts as browsers before 2014 want them.
_OLD_FONTS = re.compile(r"^build/.*\.(eot|ttf|woff)$|^build/fa-.*\.svg$")
KERNEL = "share/jupyter/labextensions/@jupyterlite/pyodide-kernel-extension"
_WIDGETS = ("@jupyter-widgets/jupyterlab-manager", "anywidget")
#: Loaded with the kernel: what it asks for itself, and what a first call needs. The rest comes when it is imported.
_PRELOADED = (
    *("micropip", "piplite", "ipykernel", "comm", "pyodide-kernel", "jedi", "ipython"),
    *("twilio-magic", "twilio-magic-lite"),
)
#: Where IPython finds the settings of the kernel.
_IPYTHON = "/lib/python3.14/site-packages/twilio_magic_lite"


def build(tools: Path) -> None:
    """Build the site with JupyterLite from *tools*."""
    shutil.rmtree(SITE, ignore_errors=True)
    (SOURCE / ".jupyterlite.doit.db").unlink(missing_ok=True)  # it remembers what was built
    (SOURCE / "jupyter-lite.json").write_text(json.dumps(_configuration(), indent=1), "utf-8")
    (SOURCE / "overrides.json").write_text(json.dumps(_SETTINGS, indent=1), "utf-8")
    command = [sys.executable, "-m", "jupyterlite_core", "build", "--force", "--apps", "lab"]
    command += ["--lite-dir", str(SOURCE), "--output-dir", str(SITE)]
    command += ["--contents", str(SOURCE / "contents")]
    command += ["--no-sourcemaps", "--no-unused-shared-packages", "--ignore-sys-prefix"]
    command += [f"--LiteBuildConfig.federated_extensions={path}" for path in _extensions(tools)]
    environment = os.environ | {"PYTHONPATH": str(tools)}
    done = subprocess.run(
        command, check=False, capture_output=True, text=True, env=environment, cwd=SOURCE
    )
    if done.returncode:
        raise SystemExit(f"JupyterLite does not build:\n{done.stdout}{done.stderr}")
    drop(SITE, _OLD_FONTS)


def _extensions(tools: Path) -> list[Path]:
    installed = Path(sys.prefix, "share/jupyter/labextensions")
    return [tools / KERNEL, *(installed / name for name in _WIDGETS), ROOT / "lab/labextension"]


def _configuration() -> dict[str, object]:
    kernel = {
        "disablePyPIFallback": True,
        "loadPyodideOptions": {"packages": _PRELOADED, "env": {"IPYTHONDIR": _IPYTHON}},
    }
    return {
        "jupyter-lite-schema-version": 0,
        "jupyter-config-data": {
            "appName": "twilio_magic",
            "exposeAppInBrowser": True,
            "litePluginSettings": {"@jupyterlite/pyodide-kernel-extension:kernel": kernel},
        },
    }


_SETTINGS = {
    "@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False},
}
