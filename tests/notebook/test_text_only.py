"""Where only text is shown, as by IPython in a terminal, what needs a page says so, and what to do instead."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from IPython.core.interactiveshell import InteractiveShell

import twilio_magic as tm
from tests.calls import FROM, TO

WIDGETS: list[Callable[[], object]] = [
    lambda: tm.softphone(TO),
    lambda: tm.softphones(TO, "client:ann"),
    tm.call_form,
    tm.phone_form,
    tm.twiml_form,
]


def shown(shell: InteractiveShell, thing: object) -> str:
    """The text of *thing*, as the shell shows it."""
    assert shell.display_formatter is not None
    data, _ = shell.display_formatter.format(thing)
    return str(data["text/plain"])


@pytest.fixture
def terminal(shell: InteractiveShell) -> InteractiveShell:
    assert shell.display_formatter is not None
    shell.display_formatter.active_types = ["text/plain"]
    return shell


@pytest.mark.parametrize("make", WIDGETS)
def test_a_terminal_is_told_what_it_cannot_show_and_what_there_is_instead(
    terminal: InteractiveShell, make: Callable[[], object]
) -> None:
    told = shown(terminal, make())

    assert "A terminal cannot show this: run it in JupyterLab." in told
    assert "twilio-magic simulate FILE -i" in told


@pytest.mark.parametrize("make", WIDGETS)
def test_a_page_is_told_the_name_alone(shell: InteractiveShell, make: Callable[[], object]) -> None:
    thing = make()

    assert shown(shell, thing) == repr(thing)


def test_a_card_is_text_in_a_terminal(terminal: InteractiveShell, client: tm.Client) -> None:
    call = client.calls.create(to=TO, from_=FROM, twiml="<Response><Say>Hello</Say></Response>")

    assert "cannot show" not in shown(terminal, call.wait())
