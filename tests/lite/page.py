"""The site in a browser, as a person uses it: one page, in which one notebook after the other is opened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Page, Request

# The kernel of the notebook in front listens.
_IS_READY = """path => {
    const open = window.jupyterapp?.shell?.currentWidget?.context;
    const kernel = open?.sessionContext?.session?.kernel;
    return open?.path === path && kernel?.connectionStatus === "connected" && kernel.status === "idle";
}"""
_EXECUTE = (
    "([command, options]) => window.jupyterapp.commands.execute(command, options).then(() => null)"
)
_CELLS = """() => window.jupyterapp.shell.currentWidget.content.widgets
    .filter(cell => cell.model.type === "code")
    .map(cell => ({
        source: cell.model.sharedModel.source, count: cell.model.executionCount,
        tags: cell.model.getMetadata("tags") ?? [], outputs: cell.model.outputs.toJSON(),
    }))"""
_CLOSE = """async () => {
    const open = window.jupyterapp.shell.currentWidget;
    await open.context.sessionContext.shutdown();
    await open.context.save();
    open.close();
}"""


@dataclass(frozen=True)
class RunCell:
    """A code cell after Run All. *count* is nothing where it did not run."""

    source: str
    count: int | None
    tags: Sequence[str]
    outputs: Sequence[dict[str, Any]]

    @property
    def complaint(self) -> str:
        """What it says in red: an error, or what went to stderr."""
        return "".join(
            _text(output.get("text") or output.get("evalue", ""))
            for output in self.outputs
            if output["output_type"] == "error" or output.get("name") == "stderr"
        )


class LitePage:
    """The site in a *page*. *hosts* has every host that it asked for anything."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self.url = url
        self.hosts: set[str] = set()
        page.on("request", self._asked)

    def open(self, path: str) -> None:
        """Open the notebook at *path* and wait until its kernel listens; the first loads the page."""
        if self.page.url.startswith(self.url):
            self.command("docmanager:open", path=path)
        else:
            self.page.goto(f"{self.url}/lab/index.html?path={path}")
        self.page.wait_for_function(_IS_READY, arg=path)

    def run_all(self) -> list[RunCell]:
        """Run every cell, as the menu does; the code cells of the notebook as they are then."""
        self.command("notebook:run-all-cells")
        return [RunCell(**cell) for cell in self.page.evaluate(_CELLS)]

    def close_notebook(self) -> None:
        """End the kernel of the notebook in front, and close it."""
        self.page.evaluate(_CLOSE)

    def command(self, name: str, **options: Any) -> None:
        """Execute one of JupyterLab's commands, and wait until it is done."""
        self.page.evaluate(_EXECUTE, [name, options])

    def _asked(self, request: Request) -> None:
        host = urlsplit(request.url).hostname
        if host is not None:  # a data: or blob: address is nobody's
            self.hosts.add(host)


def _text(said: str | list[str]) -> str:
    return said if isinstance(said, str) else "".join(said)
