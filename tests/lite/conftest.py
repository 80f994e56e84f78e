"""The site as `make lite` built it, served from loopback, and one page of a browser in which it is open.

They live as long as a module: while Playwright runs, its event loop occupies the main thread.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import expect, sync_playwright

from lite.site import SITE
from tests.browser import chromium

from .page import LitePage


class _Files(SimpleHTTPRequestHandler):
    """Serves files as any web server does that knows these two kinds."""

    extensions_map = {  # noqa: RUF012 - as in its base
        **SimpleHTTPRequestHandler.extensions_map,
        ".mjs": "text/javascript",
        ".wasm": "application/wasm",
    }

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def site() -> Path:
    """The folder of the site."""
    missing = None if (SITE / "index.html").exists() else "there is no site: make lite builds it"
    missing = missing or chromium.missing()
    if missing is not None:
        if chromium.is_required():
            pytest.fail(missing)
        pytest.skip(missing)
    return SITE


@pytest.fixture(scope="module")
def page(site: Path) -> Iterator[LitePage]:
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Files, directory=str(site))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        with sync_playwright() as playwright, chromium.launch(playwright) as launched:
            opened = launched.new_page(viewport={"width": 1200, "height": 1600})
            opened.set_default_timeout(chromium.PATIENCE)
            expect.set_options(timeout=chromium.PATIENCE)
            yield LitePage(opened, f"http://127.0.0.1:{server.server_port}")
        server.shutdown()
