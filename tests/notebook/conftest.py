"""A running IPython with the extension loaded, without a kernel."""

from __future__ import annotations

import atexit
from collections.abc import Callable, Iterator

import pytest
from IPython.core.extensions import ExtensionManager
from IPython.core.interactiveshell import ExecutionResult, InteractiveShell
from IPython.utils.capture import RichOutput, capture_output
from traitlets.config import Config

import twilio_magic as tm

#: The magics that there are.
MAGICS = (
    "call",
    "calls",
    "dialog",
    "explore",
    "hangup",
    "mount",
    "number",
    "phone",
    "twilio",
    "twiml",
)


class Notebook:
    """Runs cells as a notebook does, and keeps what they displayed."""

    def __init__(self, shell: InteractiveShell) -> None:
        self.shell = shell
        self.displayed: list[RichOutput] = []
        self.printed = ""

    def run(self, *lines: str) -> ExecutionResult:
        """Run one cell."""
        with capture_output() as captured:
            result: ExecutionResult = self.shell.run_cell("\n".join(lines), store_history=True)
        self.displayed, self.printed = captured.outputs, captured.stdout
        return result

    def value(self, *lines: str) -> object:
        """What one cell gives; an error in it is raised."""
        result = self.run(*lines)
        result.raise_error()
        return result.result

    def call(self, *lines: str) -> tm.Call:
        """The call that one cell places."""
        call = self.value(*lines)
        assert isinstance(call, tm.Call)
        return call

    def error(self, *lines: str) -> tm.TwilioMagicError:
        """The error of one cell, which must be one of ours, told without a traceback."""
        result = self.run(*lines)
        error = result.error_in_exec or result.error_before_exec
        assert isinstance(error, tm.TwilioMagicError), error
        assert "Traceback" not in self.printed
        assert "╭─" in self.printed
        return error


def extensions_of(shell: InteractiveShell) -> ExtensionManager:
    """What loads and unloads extensions in *shell*."""
    extensions = shell.extension_manager
    assert isinstance(extensions, ExtensionManager)
    return extensions


@pytest.fixture
def shell() -> Iterator[InteractiveShell]:
    config = Config()
    config.HistoryManager.enabled = False
    InteractiveShell.clear_instance()
    shell = InteractiveShell.instance(config=config)
    yield shell
    InteractiveShell.clear_instance()
    atexit.unregister(
        shell.atexit_operations
    )  # it collects garbage: once a shell, that takes minutes


@pytest.fixture
def notebook(shell: InteractiveShell) -> Iterator[Notebook]:
    tm.simulator().reset()
    extensions = extensions_of(shell)
    extensions.load_extension("twilio_magic")
    yield Notebook(shell)
    extensions.unload_extension("twilio_magic")


@pytest.fixture
def shown() -> Callable[[object], str]:
    """The text by which a notebook shows an object."""

    def text(thing: object) -> str:
        bundle = thing._repr_mimebundle_()  # type: ignore[attr-defined] # the display protocol
        return str(bundle["text/plain"])

    return text
