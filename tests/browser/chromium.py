"""The browser that is on this machine."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

from playwright._impl._driver import compute_driver_executable
from playwright.sync_api import Browser, BrowserContext, Playwright

#: How long a test waits for what has to come, in milliseconds. Only a test that fails waits so long.
PATIENCE = 180_000
_NAMES = ("/usr/bin/chromium", "chromium", "chromium-browser", "google-chrome")

#: Quiet and alone: a page that asks for any other machine finds nobody.
_FLAGS = (
    "--no-sandbox",  # a test runner is often root, and the pages are our own
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)


def executable() -> Path | None:
    """Where Chromium or Chrome is installed."""
    found = (shutil.which(name) for name in _NAMES)
    return next((Path(path) for path in found if path), None)


def missing() -> str | None:
    """What this machine lacks for tests in a browser, or nothing."""
    if executable() is None:
        return "no Chromium or Chrome is installed (looked for chromium and google-chrome)"
    node, _ = compute_driver_executable()
    tried = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    if tried.returncode:  # on Debian without a compiler, libatomic1 is not there
        return f"the node that comes with Playwright does not start: {tried.stderr.strip()}"
    return None


def is_required() -> bool:
    """Whether a run without a browser is a failure: on the machine that decides, nothing is skipped."""
    return os.environ.get("CI") == "true"


def launch(playwright: Playwright) -> Browser:
    return playwright.chromium.launch(
        executable_path=executable(), args=list(_FLAGS), timeout=PATIENCE
    )


def new_context(browser: Browser, **options: Any) -> BrowserContext:
    """A profile of its own in *browser*, in which whatever a test does waits as long as it takes."""
    context = browser.new_context(**options)
    context.set_default_timeout(PATIENCE)
    return context
