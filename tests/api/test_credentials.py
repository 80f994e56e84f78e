"""Credentials are found in the environment or with the twilio-cli, and judged before they are used."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import twilio_magic as tm

ACCOUNT, KEY = "AC" + "1a" * 16, "SK" + "2b" * 16
SIGNED = {"TWILIO_ACCOUNT_SID": ACCOUNT, "TWILIO_AUTH_TOKEN": "t" * 32}


def store(home: Path, **more: Any) -> Path:
    profiles = {
        "home": {"accountSid": ACCOUNT, "apiKey": KEY, "apiSecret": "s" * 32},
        "work": {
            "accountSid": "AC" + "3c" * 16,
            "apiKey": KEY,
            "apiSecret": "w" * 32,
            "region": "ie1",
            "edge": "dublin",
        },
        "old": {"accountSid": ACCOUNT},
    }
    folder = home / ".twilio-cli"
    folder.mkdir()
    content = {"profiles": profiles, "activeProject": "home", **more}
    (folder / "config.json").write_text(json.dumps(content))
    return home


def test_an_account_and_its_token(tmp_path: Path) -> None:
    found = tm.Credentials.find(SIGNED, home=tmp_path)

    assert (found.username, found.password.reveal()) == (ACCOUNT, "t" * 32)
    assert found.tail == "AC…1a1a"


def test_an_api_key_signs_in_and_the_account_stands_in_the_path(tmp_path: Path) -> None:
    keys = {"TWILIO_API_KEY": KEY, "TWILIO_API_SECRET": "s" * 32}
    found = tm.Credentials.find({**SIGNED, **keys}, home=tmp_path)

    assert (found.account_sid, found.username) == (ACCOUNT, KEY)
    assert found.password.reveal() == "s" * 32


@pytest.mark.parametrize(
    ("environ", "missing"),
    [
        ({}, "TWILIO_ACCOUNT_SID"),
        ({"TWILIO_ACCOUNT_SID": ACCOUNT}, "TWILIO_AUTH_TOKEN"),
        ({**SIGNED, "TWILIO_API_KEY": KEY}, "TWILIO_API_SECRET"),
        ({**SIGNED, "TWILIO_API_SECRET": "s"}, "TWILIO_API_KEY"),
    ],
)
def test_what_is_missing_is_named(environ: dict[str, str], missing: str, tmp_path: Path) -> None:
    with pytest.raises(tm.CredentialsError, match=missing):
        tm.Credentials.find(environ, home=tmp_path)


@pytest.mark.parametrize(
    ("edge", "region", "host"),
    [
        ("", "", "api.twilio.com"),
        ("sydney", "", "api.sydney.us1.twilio.com"),
        ("", "ie1", "api.ie1.twilio.com"),
        ("dublin", "ie1", "api.dublin.ie1.twilio.com"),
    ],
)
def test_edge_and_region_are_part_of_the_host(
    edge: str, region: str, host: str, tmp_path: Path
) -> None:
    environ = {**SIGNED, "TWILIO_EDGE": edge, "TWILIO_REGION": region}

    assert tm.Credentials.find(environ, home=tmp_path).host == host


@pytest.mark.parametrize("name", ["TWILIO_EDGE", "TWILIO_REGION"])
@pytest.mark.parametrize("value", ["evil.com/", "a.b", "x@y", "Dublin ", "#"])
def test_no_edge_or_region_leads_to_another_host(name: str, value: str, tmp_path: Path) -> None:
    with pytest.raises(tm.CredentialsError, match=name):
        tm.Credentials.find({**SIGNED, name: value}, home=tmp_path)


@pytest.mark.parametrize("sid", [KEY, "AC12", "AC" + "X" * 32, ACCOUNT + "/.."])
def test_what_is_no_account_is_refused(sid: str, tmp_path: Path) -> None:
    with pytest.raises(tm.CredentialsError):
        tm.Credentials.find({**SIGNED, "TWILIO_ACCOUNT_SID": sid}, home=tmp_path)


def test_the_active_profile_is_used_where_the_environment_says_nothing(tmp_path: Path) -> None:
    found = tm.Credentials.find({}, home=store(tmp_path))

    assert (found.account_sid, found.username) == (ACCOUNT, KEY)


def test_the_environment_wins_over_the_active_profile(tmp_path: Path) -> None:
    assert tm.Credentials.find(SIGNED, home=store(tmp_path)).username == ACCOUNT


def test_a_profile_that_is_named_wins_over_the_environment(tmp_path: Path) -> None:
    found = tm.Credentials.find(SIGNED, profile="work", home=store(tmp_path))

    assert found.password.reveal() == "w" * 32
    assert found.host == "api.dublin.ie1.twilio.com"


def test_an_unknown_profile_names_those_that_there_are(tmp_path: Path) -> None:
    with pytest.raises(tm.CredentialsError, match="no profile 'play'") as raised:
        tm.Credentials.find({}, profile="play", home=store(tmp_path))

    assert "home, work, old" in (raised.value.hint or "")


def test_a_profile_without_its_secret_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(tm.CredentialsError, match="no apiKey") as raised:
        tm.Credentials.find({}, profile="old", home=store(tmp_path))

    assert "twilio login" in (raised.value.hint or "")


def test_a_file_that_is_not_json_is_an_error_of_ours(tmp_path: Path) -> None:
    store(tmp_path)
    (tmp_path / ".twilio-cli" / "config.json").write_text("{")
    with pytest.raises(tm.CredentialsError, match="cannot be read"):
        tm.Credentials.find({}, home=tmp_path)
