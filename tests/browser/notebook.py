"""A notebook in the browser, as a person uses it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Error, Locator, Page, Request, WebSocket, expect

from .lab import Lab

SCREENSHOTS = Path(__file__).parent / "screenshots"
LIGHT, DARK = "JupyterLab Light", "JupyterLab Dark"

# The indicator in the toolbar says "idle" before there is a kernel; only this is sure.
_IS_READY = """path => {
    const open = window.jupyterapp?.shell?.currentWidget?.context;
    const kernel = open?.sessionContext?.session?.kernel;
    return open?.path === path && kernel?.connectionStatus === "connected" && kernel.status === "idle";
}"""
_TELL_KERNEL = """() => {
    const open = window.jupyterapp?.shell?.currentWidget?.context;
    const session = open?.sessionContext;
    const kernel = session?.session?.kernel;
    return {application: !!window.jupyterapp, path: open?.path, ready: session?.isReady, id: kernel?.id,
        connection: kernel?.connectionStatus, status: kernel?.status, text: document.body.innerText.slice(0, 300)};
}"""
_EXECUTE = (
    "([command, options]) => window.jupyterapp.commands.execute(command, options).then(() => null)"
)
_LISTEN_FROM_NOW = """() => {
    window.last = performance.now();
    window.jupyterapp.shell.currentWidget.context.sessionContext.session.kernel.anyMessage.connect(
        () => { window.last = performance.now() });
}"""
_IS_QUIET = "time => performance.now() - window.last > time"
# JupyterLab's editor completes from the moment on that it has heard of its completer.
_COMPLETES = ".jp-NotebookPanel:visible .jp-mod-completer-enabled:focus-within"
_UNFOLD = "folds => folds.forEach(fold => { fold.open = true })"
# JupyterLab is laid out a moment after the window has its size: the notebook then reaches the tabs at both sides, or
# the open side bar at the left; and its cells, which come later still, reach nearly as far as the notebook.
_IS_LAID_OUT = """([width, alone]) => {
    const box = selector => document.querySelector(selector).getBoundingClientRect();
    const panel = ".jp-NotebookPanel:not(.lm-mod-hidden)";
    const notebook = box(panel);
    const cells = [...document.querySelectorAll(`${panel} .jp-Cell`)].map(cell => cell.getBoundingClientRect());
    const isAlone = notebook.left - box(".jp-SideBar.jp-mod-left").right < 10;
    return innerWidth === width && isAlone === alone
        && cells.every(cell => cell.width === 0 || Math.abs(notebook.right - cell.right) < 60)
        && Math.abs(box(".jp-SideBar.jp-mod-right").left - notebook.right) < 10;
}"""
# JupyterLab is laid out a moment after the window has its size.
_IS_AS_HIGH = """height => {
    const bottom = document.querySelector(".jp-NotebookPanel:not(.lm-mod-hidden)").getBoundingClientRect().bottom;
    return innerHeight === height && bottom <= height && height - bottom < 100;
}"""
_SCROLLED = """() =>
    document.querySelector(".jp-NotebookPanel:not(.lm-mod-hidden) .jp-WindowedPanel-outer").scrollTop"""
_SPACED = """.jp-OutputArea-output * {
    line-height: 1.5 !important;
    letter-spacing: 0.12em !important;
    word-spacing: 0.16em !important;
}"""
_PRESS_AND_GO_ON = "(button, other) => { button.click(); other.focus(); }"
_SHUT_DOWN = "() => window.jupyterapp.shell.currentWidget.context.sessionContext.shutdown()"


class Cell:
    """One code cell of an open notebook."""

    def __init__(self, root: Locator) -> None:
        self.root = root
        self.editor = root.locator(".cm-content")
        self.prompt = root.locator(".jp-InputPrompt")
        self.outputs = root.locator(".jp-OutputArea-output")
        self.html = root.locator(".jp-RenderedHTMLCommon[data-mime-type='text/html']")
        self.error = root.locator("[data-mime-type='application/vnd.jupyter.stderr']")

    @property
    def text(self) -> str:
        """All that the cell's outputs say, as a person reads it: a blank at which no line ends is a blank."""
        return "\n".join(self.outputs.all_inner_texts()).replace("\N{NO-BREAK SPACE}", " ")


class Notebook:
    """An open notebook. *hosts* has every host that its page asked for anything."""

    def __init__(self, page: Page, lab: Lab) -> None:
        self.page = page
        self.hosts: set[str] = set()
        self._lab = lab
        self._theme = LIGHT
        page.on("request", self._asked)
        page.on("websocket", self._asked)

    def open(self, name: str, cells: Sequence[str]) -> None:
        """Write a notebook of code *cells*, open it, and wait until its kernel listens."""
        self.read(name, json.dumps(written(cells)))

    def read(self, name: str, text: str) -> None:
        """The same with a notebook's *text*, as it is in its file."""
        path = f"{name}.ipynb"
        (self._lab.root / path).write_text(text, "utf-8")
        # in a workspace of its own, where no other notebook is open
        self.page.goto(f"{self._lab.url}/lab/workspaces/{name}/tree/{path}")
        self._wait_until_ready(path)

    def show(self, path: str) -> None:
        """Show the notebook at *path* beside those that are open, in a tab of the same page."""
        self.command("docmanager:open", path=path)
        self._wait_until_ready(path)

    def reopen(self) -> None:
        """Load the page again, with the kernel that there is.

        A kernel that had to be started meanwhile would race with JupyterLab's search for widgets in it, and where the
        kernel loses, none are shown.
        """
        path = self.page.evaluate("() => window.jupyterapp.shell.currentWidget.context.path")
        self._wait_until_ready(path)
        self.page.reload()
        self._wait_until_ready(path)

    def wait_until_quiet(self, milliseconds: int) -> None:
        """Wait until nothing was said between page and kernel for so long, from now on."""
        self.page.evaluate(_LISTEN_FROM_NOW)
        self.page.wait_for_function(_IS_QUIET, arg=milliseconds)

    def run_all(self) -> None:
        """Run every cell, as the menu does; returns when the last one, or the failing one, has run."""
        self.command("notebook:run-all-cells")

    def cell(self, index: int) -> Cell:
        """The code cell at *index*, counted as in a list."""
        return Cell(self.page.locator(".jp-NotebookPanel:visible .jp-CodeCell").nth(index))

    def write(self, text: str) -> Cell:
        """Put *text* into a new cell at the end, and leave the cursor behind it."""
        self.go_to(-1)
        self.command("notebook:insert-cell-below")
        self.command("notebook:enter-edit-mode")
        cell = self.cell(-1)
        self._wait_for_cursor(cell)
        self.page.keyboard.insert_text(text)  # in one go: no bracket is closed, no line indented
        return cell

    def go_to(self, index: int) -> None:
        """Make the code cell at *index* the current one, without the cursor in it."""
        self.cell(index).prompt.first.click()

    def select(self, index: int) -> None:
        """Put the cursor into the code cell at *index*."""
        self.cell(index).editor.click()
        self._wait_for_cursor(self.cell(index))

    def edit(self, index: int, text: str) -> None:
        """Type *text* over all that the code cell at *index* holds."""
        self.select(index)
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.insert_text(text)

    def press_and_write(self, button: Locator, index: int) -> None:
        """Press *button*, and put the cursor into the code cell at *index* before anybody can have answered."""
        button.evaluate(_PRESS_AND_GO_ON, self.cell(index).editor.element_handle())

    def run(self) -> None:
        """Run the cell with the cursor."""
        self.command("notebook:run-cell")

    def complete(self) -> list[str]:
        """Press Tab, and read what is offered."""
        self.page.locator(_COMPLETES).wait_for(state="attached")  # or Tab would indent the line
        self.page.keyboard.press("Tab")
        offers = self.page.locator(".jp-Completer:visible .jp-Completer-match")
        offers.first.wait_for()
        return offers.all_inner_texts()

    def inspect(self) -> str:
        """Press Shift-Tab, and read the tooltip."""
        self.page.keyboard.press("Shift+Tab")
        tooltip = self.page.locator(".jp-Tooltip")
        expect(tooltip).not_to_be_empty()
        return tooltip.inner_text()

    @property
    def outputs(self) -> Locator:
        """Everything that any cell shows."""
        return self.page.locator(".jp-NotebookPanel:visible .jp-OutputArea-output")

    def unfold(self) -> None:
        """Open all that is folded."""
        self.outputs.locator("details").evaluate_all(_UNFOLD)

    def use_theme(self, theme: str) -> None:
        """Change the theme of the whole application, to :data:`LIGHT` or :data:`DARK`."""
        self.command("apputils:change-theme", theme=theme)
        self.page.wait_for_function("name => document.body.dataset.jpThemeName === name", arg=theme)
        self.page.locator("#jupyterlab-splash").wait_for(
            state="detached"
        )  # it lies over the page meanwhile
        self._theme = theme

    @contextmanager
    def as_wide(self, pixels: int, *, alone: bool = False) -> Iterator[None]:
        """Meanwhile the browser's window is so many pixels wide; *alone* closes the side bar, too."""
        size = self.page.viewport_size
        assert size is not None
        self._resize(pixels, size["height"], toggle=alone)
        self.page.wait_for_function(_IS_LAID_OUT, arg=[pixels, alone])
        try:
            yield
        finally:
            self._resize(size["width"], size["height"], toggle=alone)
            self.page.wait_for_function(_IS_LAID_OUT, arg=[size["width"], False])

    @contextmanager
    def as_high(self, pixels: int) -> Iterator[None]:
        """Meanwhile the browser's window is so many pixels high, and less than the notebook is in it."""
        size = self.page.viewport_size
        assert size is not None
        self._stretch(size["width"], pixels)
        try:
            yield
        finally:
            self._stretch(size["width"], size["height"])

    @property
    def scrolled(self) -> float:
        """How many pixels of the notebook are above the window."""
        pixels: float = self.page.evaluate(_SCROLLED)
        return pixels

    @contextmanager
    def with_spaced_text(self) -> Iterator[None]:
        """Meanwhile the text of all outputs is spaced as in WCAG 2.2, success criterion 1.4.12.

        Lines are then equally high with every font, and words wider than those of nearly every font.
        """
        style = self.page.add_style_tag(content=_SPACED)
        try:
            yield
        finally:
            style.evaluate("style => style.remove()")

    def command(self, name: str, **options: Any) -> None:
        """Execute one of JupyterLab's commands, and wait until it is done."""
        self.page.evaluate(_EXECUTE, [name, options])

    def screenshot(self, name: str) -> Path:
        """A picture of the notebook, in the directory of screenshots."""
        path = SCREENSHOTS / f"{name}.png"
        self.page.locator(".jp-NotebookPanel:visible").screenshot(path=path)
        return path

    def close(self) -> None:
        """End the kernel and the page; the theme is a setting of the server, so it is put back."""
        if self._theme != LIGHT:
            self.use_theme(LIGHT)
        self.page.evaluate(_SHUT_DOWN)
        self.page.close()

    def _wait_until_ready(self, path: str) -> None:
        """Wait until the kernel of the notebook at *path* listens; says what page and server know if it never does."""
        try:
            self.page.wait_for_function(_IS_READY, arg=path)
        except Error:  # its time is over
            known = self.page.evaluate(_TELL_KERNEL)
            raise AssertionError(
                f"{path} has no kernel that listens; the page knows {known}. The server said:\n{self._lab.said()}"
            ) from None

    def _wait_for_cursor(self, cell: Cell) -> None:
        """Wait until what is typed goes into *cell*: its editor comes, and gets the cursor, a moment after the cell."""
        expect(cell.editor).to_be_focused()

    def _resize(self, width: int, height: int, *, toggle: bool) -> None:
        self.page.set_viewport_size({"width": width, "height": height})
        if toggle:
            self.command("application:toggle-left-area")

    def _stretch(self, width: int, height: int) -> None:
        self.page.set_viewport_size({"width": width, "height": height})
        self.page.wait_for_function(_IS_AS_HIGH, arg=height)

    def _asked(self, request: Request | WebSocket) -> None:
        host = urlsplit(request.url).hostname
        if host is not None:  # a data: or blob: address is nobody's
            self.hosts.add(host)


def written(cells: Sequence[str]) -> dict[str, Any]:
    """A notebook of code *cells* that nobody has run."""
    return {
        "nbformat": 4,
        "nbformat_minor": 5,
        "metadata": {
            "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}
        },
        "cells": [_code_cell(f"cell-{number}", source) for number, source in enumerate(cells)],
    }


def _code_cell(name: str, source: str) -> dict[str, Any]:
    return {
        "cell_type": "code",
        "id": name,
        "metadata": {},
        "source": source,
        "execution_count": None,
        "outputs": [],
    }
