"""Loading adds the magics; unloading leaves nothing behind."""

from __future__ import annotations

from typing import Any

import pytest
from IPython.core.interactiveshell import InteractiveShell

from .conftest import extensions_of


def traces(shell: InteractiveShell) -> dict[str, Any]:
    """Everything that an extension may leave in a shell."""
    manager = shell.magics_manager
    return {
        "line magics": sorted(manager.magics["line"]),
        "cell magics": sorted(manager.magics["cell"]),
        "registry": sorted(manager.registry),
        "configurables": [type(each).__name__ for each in shell.configurables],
        "matchers": [each.matcher_identifier for each in shell.Completer.custom_matchers],
        "inspector": shell.object_inspect_mime,
        "events": {name: len(calls) for name, calls in shell.events.callbacks.items()},
    }


def test_unloading_leaves_nothing_behind(shell: InteractiveShell) -> None:
    before = traces(shell)
    extensions_of(shell).load_extension("twilio_magic")
    loaded = traces(shell)
    extensions_of(shell).unload_extension("twilio_magic")

    assert "call" in loaded["line magics"]
    assert "twiml" in loaded["cell magics"]
    assert traces(shell) == before


@pytest.mark.parametrize("command", ["load_extension", "reload_extension"])
def test_loading_again_leaves_one_of_each(shell: InteractiveShell, command: str) -> None:
    extensions_of(shell).load_extension("twilio_magic")
    once = traces(shell)
    extensions_of(shell).reload_extension("twilio_magic")
    getattr(extensions_of(shell), command)("twilio_magic")

    assert traces(shell) == once
    assert once["configurables"].count("TwilioMagics") == 1


def test_the_settings_are_listed_and_documented(
    shell: InteractiveShell, capsys: pytest.CaptureFixture[str]
) -> None:
    extensions_of(shell).load_extension("twilio_magic")
    shell.run_line_magic("config", "TwilioMagics")

    assert "TwilioMagics.tracebacks" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["call", "twiml"])
def test_a_magics_docstring_tells_how_to_use_it(shell: InteractiveShell, name: str) -> None:
    extensions_of(shell).load_extension("twilio_magic")
    magic = shell.find_line_magic(name)

    assert magic is not None
    assert "example" in (magic.__doc__ or "")
