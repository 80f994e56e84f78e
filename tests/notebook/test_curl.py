"""``%%call`` with a curl script below it."""

from __future__ import annotations

import pytest

import twilio_magic as tm
from tests.api.test_code import ARTICLE, REAL
from tests.notebook.conftest import Notebook

SCRIPT = ARTICLE.strip()


def test_the_articles_script_runs_as_it_stands(notebook: Notebook) -> None:
    call = notebook.call("%%call", SCRIPT)

    assert call.status == "completed"
    assert notebook.printed == "" or "token" not in notebook.printed


def test_options_on_the_line_win_over_the_script(notebook: Notebook) -> None:
    call = notebook.call("%%call +14155550100 --phone busy", SCRIPT)

    assert (call.to, call.status) == ("+14155550100", "busy")


def test_a_token_is_masked_with_a_warning(notebook: Notebook) -> None:
    notebook.call("%%call", SCRIPT.replace("your_auth_token", REAL))
    kept = repr(notebook.shell.user_ns) + repr(vars(notebook.shell.history_manager))

    assert "Keep tokens out of" in notebook.printed
    assert REAL[:6] not in notebook.printed
    assert REAL[:6] not in kept


def test_a_token_is_masked_in_a_script_from_a_web_page(notebook: Notebook) -> None:
    """... whose blanks may be others than the shell's."""
    script = SCRIPT.replace("curl ", "curl\N{NO-BREAK SPACE}", 1).replace("your_auth_token", REAL)
    notebook.call("%%call", script)
    kept = repr(notebook.shell.user_ns) + repr(vars(notebook.shell.history_manager))

    assert "Keep tokens out of" in notebook.printed
    assert REAL[:6] not in kept


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("-XPOST", "-G", "does not place a call: GET"),
        ("/Calls.json", "/Messages.json", "does not place a call"),
        ("-XPOST", "-XGET", "does not place a call: GET"),
        ("To=", "Tu=", "no parameter 'Tu' in calls.create"),
    ],
)
def test_a_script_that_does_something_else_is_refused(
    notebook: Notebook, old: str, new: str, words: str
) -> None:
    error = notebook.error("%%call", SCRIPT.replace(old, new))

    assert isinstance(error, tm.TwilioMagicError)
    assert words in error.message


@pytest.mark.parametrize(
    "address",
    [
        "https://[api/2010-04-01/Accounts/AC/Calls.json",
        "https://[api/Calls.json",
        "https://api.twilio.com:99999/Calls.json",
        "https://api.twilio.com:port/Calls.json",
        "https://api.twilio.com:0/Calls.json",
        "https://℀/Calls.json",
    ],
)
def test_an_address_that_is_none_is_told_and_no_call_is_placed(
    notebook: Notebook, address: str
) -> None:
    """... though everything else of the script is as it should be."""
    account = (
        "https://api.twilio.com/2010-04-01/Accounts/ACXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX/Calls.json"
    )
    error = notebook.error("%%call", SCRIPT.replace(account, address))

    assert isinstance(error, tm.MagicLineError)
    assert f"address of the curl script cannot be read: {address!r}" in error.message
    assert len(tm.client().calls.list()) == 0


@pytest.mark.parametrize("host", ["$HOST", "$HOST:$PORT", "${HOST}:${PORT}", "api.twilio.com:443"])
def test_an_address_with_variables_of_the_shell_is_one(notebook: Notebook, host: str) -> None:
    script = SCRIPT.replace("api.twilio.com", host, 1)

    assert notebook.call("%%call", script).status == "completed"


@pytest.mark.parametrize("prompt", ["> ", "$ ", "% ", ">", "  > "])
def test_a_script_is_run_with_the_prompt_that_it_was_copied_with(
    notebook: Notebook, prompt: str
) -> None:
    call = notebook.call("%%call", prompt + SCRIPT)

    assert call.status == "completed"
    assert notebook.printed.count("token") == 0


@pytest.mark.parametrize("prompt", ["> ", "$ "])
def test_a_token_behind_a_prompt_is_masked(notebook: Notebook, prompt: str) -> None:
    """The line begins with the prompt of a shell, and each line that goes on with another."""
    script = (prompt + SCRIPT.replace("\\\n", "\\\n> ")).replace("your_auth_token", REAL)
    call = notebook.call("%%call", script)
    kept = repr(notebook.shell.user_ns) + repr(vars(notebook.shell.history_manager))

    assert call.status == "completed"
    assert "masked" in notebook.printed
    assert REAL[:6] not in notebook.printed + kept
