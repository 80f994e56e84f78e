"""A request as a program sends the same request; a curl script is read as the shell reads it."""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import Any, Literal
from urllib.parse import parse_qsl

import pytest
import requests
from requests.adapters import HTTPAdapter

import twilio_magic as tm
from tests.calls import DEMO, FROM, TO
from twilio_magic.api import UNATTENDED, code, mask_script, parse_curl
from twilio_magic.secret import MASK

ARTICLE = r"""
curl -XPOST https://api.twilio.com/2010-04-01/Accounts/ACXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX/Calls.json \
--data-urlencode "To=+13105555555" \
--data-urlencode "From=+12125551234" \
--data-urlencode "Url=https://demo.twilio.com/welcome/voice/" \
-u 'ACXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX:your_auth_token'
"""
FORM = (("To", TO), ("From", FROM), ("Url", DEMO))
HARD = '<Response><Say>It\'s "$5" & `ls` \\ {x} %s, über</Say></Response>'.replace("&", "&amp;")
REAL = "0123456789abcdef0123456789abcdef"


def hard(client: tm.Client) -> tm.Request:
    return client.calls.prepare(
        to=TO,
        from_=FROM,
        twiml=HARD,
        status_callback=DEMO,
        status_callback_event=["ringing", "completed"],
        record=True,
        timeout=20,
        sip_auth_username="ann",
        sip_auth_password="hush",
    )


@pytest.mark.skipif(shutil.which("bash") is None, reason="needs a shell")
def test_the_curl_script_runs_in_a_shell_with_the_token_of_the_environment(
    client: tm.Client,
) -> None:
    request = hard(client)
    script = "curl() { printf '%s\\0' \"$@\"; }\n" + code(request, "curl").text
    environ = {**os.environ, "TWILIO_ACCOUNT_SID": "AC1", "TWILIO_AUTH_TOKEN": "t"}
    environ["SIP_AUTH_PASSWORD"] = "hush"
    ran = subprocess.run(
        ["bash", "-c", script],  # noqa: S607 - whichever bash there is
        capture_output=True,
        text=True,
        check=True,
        env=environ,
    )
    words = ran.stdout.split("\0")[:-1]

    assert words[:3] == ["-X", "POST", "https://api.twilio.com/2010-04-01/Accounts/AC1/Calls.json"]
    assert words[-2:] == ["-u", "AC1:t"]
    assert words[4:-2:2] == [f"{name}={value}" for name, value in request.form]


class Stop(Exception):  # noqa: N818 - not a fault
    """A request on its way out."""


@pytest.mark.parametrize("language", ["python", "requests", "sdk"])
def test_the_program_sends_the_same_form(
    client: tm.Client,
    monkeypatch: pytest.MonkeyPatch,
    language: Literal["python", "requests", "sdk"],
) -> None:
    request = hard(client)
    sent: list[requests.PreparedRequest] = []

    def catch(_: HTTPAdapter, prepared: requests.PreparedRequest, **__: Any) -> None:
        sent.append(prepared)
        raise Stop

    monkeypatch.setattr(HTTPAdapter, "send", catch)
    monkeypatch.setenv("TWILIO_ACCOUNT_SID", request.account_sid)
    monkeypatch.setenv("TWILIO_AUTH_TOKEN", REAL)
    monkeypatch.setenv("SIP_AUTH_PASSWORD", "hush")
    monkeypatch.setenv("CI", "true")
    program = code(request, language).text
    if language == "python":
        with pytest.raises(tm.LiveCallRefused):  # it keeps the guard: nobody watches this run
            exec(program, {})  # noqa: S102 - the program is what is tested
    monkeypatch.setenv(UNATTENDED, request.account_sid)
    with pytest.raises(Stop):
        exec(program, {})  # noqa: S102

    body = sent[0].body
    assert sent[0].url == request.url
    assert sorted(parse_qsl(body.decode() if isinstance(body, bytes) else str(body))) == sorted(
        request.form
    )


@pytest.mark.parametrize("language", ["curl", "python", "requests", "sdk"])
def test_no_program_holds_a_secret(
    client: tm.Client, language: Literal["curl", "python", "requests", "sdk"]
) -> None:
    assert "hush" not in code(hard(client), language).text


@pytest.mark.parametrize(
    "script",
    [
        ARTICLE,
        ARTICLE.replace("\\\n", "\\ \n"),
        ARTICLE.replace("\n", "\r\n"),
        ARTICLE.replace("\\\n", " "),
        ARTICLE.replace('"', "'"),
        ARTICLE.replace('"', "“", 1).replace('"', "”", 1),
        ARTICLE.replace("-XPOST", "-X POST"),
        ARTICLE.replace("-XPOST", "--request POST -s"),
        ARTICLE.replace("-XPOST ", ""),
        ARTICLE.replace("--data-urlencode ", "--data-urlencode="),
        ARTICLE.replace("-u '", "-u'"),
        ARTICLE.replace("-u '", "--user '"),
        "$ " + ARTICLE.strip(),
        "# place a call\n" + ARTICLE,
        ARTICLE.replace("curl ", "curl\N{NO-BREAK SPACE}", 1),
        ARTICLE.replace("--data-urlencode", "-d").replace("=+", "=%2B"),
        ARTICLE.replace("https://api", "--url https://api").replace("-XPOST", "-H 'X: y' -XPOST"),
        f"curl -d 'To=%2B13105555555&From=%2B12125551234&Url={DEMO}' https://x/Accounts/A/Calls.json",
    ],
)
def test_a_script_is_read_however_it_was_copied(script: str) -> None:
    command = parse_curl(script)

    assert command.method == "POST"
    assert command.url.endswith("/Calls.json")
    assert command.form == FORM


@pytest.mark.parametrize("option", ["-G", "--get"])
def test_a_script_that_puts_its_data_into_the_query_asks_and_does_not_post(option: str) -> None:
    script = f"curl {option} https://x/Accounts/AC/Calls.json -d Status=busy"

    assert parse_curl(script).method == "GET"
    assert parse_curl(f"{script} -X POST").method == "POST"


def test_a_bare_plus_is_meant_and_said() -> None:
    command = parse_curl("curl -d To=+13105555555 https://x/Accounts/AC/Calls.json")

    assert command.form == (("To", "+13105555555"),)
    assert command.notes == (
        "curl -d sends the + of To as a blank; --data-urlencode sends it as it is.",
    )


@pytest.mark.parametrize("placeholder", ["your_auth_token", "[AuthToken]", "<token>", "$TOKEN", ""])
def test_a_placeholder_is_no_token(placeholder: str) -> None:
    script = ARTICLE.replace("your_auth_token", placeholder)

    assert mask_script(script) == script


@pytest.mark.parametrize(
    "script",
    [
        ARTICLE.replace("your_auth_token", REAL),
        ARTICLE.replace("your_auth_token", REAL).rstrip("'\n"),  # a quote that is never closed
        f"curl -uAC1:{REAL} https://x",
        f'curl --user="AC1:{REAL}" --unheard-of https://x',
    ],
)
def test_a_token_is_masked_even_in_a_script_that_cannot_be_read(script: str) -> None:
    assert mask_script(script) == script.replace(REAL, MASK)


@pytest.mark.parametrize(
    ("script", "words"),
    [
        ("curl --upload-file x https://x", "--upload-file"),
        ("curl -d 'To=1", "No closing quotation"),
        ("curl -d To=1", "no address"),
        ("curl https://x\ncurl https://y", "several"),
    ],
)
def test_a_script_that_cannot_be_read_says_why(script: str, words: str) -> None:
    with pytest.raises(tm.MagicLineError, match=words):
        parse_curl(script)
