"""A shell script loses its secrets, wherever they stand and however they are quoted, and nothing else."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from functools import partial

import pytest
from hypothesis import given

from tests.growth import LINEAR, growth
from tests.live.server import ACCOUNT, TOKEN
from tests.scripts import cells_with_checksums, is_in, secret_cells, secret_scripts
from twilio_magic.api import mask_script, mask_tokens
from twilio_magic.secret import MASK

KEY = "aB3dE5gH7jK9mN1pQ3sT5vW7yZ9bC2eF"


@given(secret_scripts())
def test_no_piece_of_a_secret_is_left(case: tuple[str, str]) -> None:
    script, secret = case
    masked = mask_script(script)

    assert MASK in masked
    assert not is_in(secret, masked)
    assert mask_script(masked) == masked


@given(secret_cells())
def test_no_piece_of_a_secret_is_left_without_a_script(case: tuple[str, str]) -> None:
    text, secret = case
    masked = mask_tokens(text)

    assert MASK in masked
    assert not is_in(secret, masked)
    assert mask_tokens(masked) == masked


@given(cells_with_checksums())
def test_a_checksum_in_an_address_is_no_secret(text: str) -> None:
    assert mask_tokens(text) == text


def test_a_long_text_is_read_in_proportion_to_its_length() -> None:
    def prepare(lines: int) -> Callable[[], object]:
        line = f"<Play>https://x.example/{TOKEN}.mp3</Play> {TOKEN} don't\n"
        return partial(mask_tokens, line * lines)

    assert growth(prepare, 100) < LINEAR


@pytest.mark.parametrize(
    "script",
    [
        f"curl -u {ACCOUNT}:{TOKEN}",
        f"curl -u SK{ACCOUNT[2:]}:{KEY}",
        f"curl https://{ACCOUNT}:{TOKEN}@api.twilio.com/",
        f"curl -su {ACCOUNT}:{TOKEN}",
        f"TWILIO_AUTH_TOKEN={TOKEN} curl -u $SID:$TWILIO_AUTH_TOKEN",
        f"export TWILIO_AUTH_TOKEN={TOKEN}",
        f"time curl -u {ACCOUNT}:{TOKEN}",
        f"curl -u {ACCOUNT}:{TOKEN[:9]}\"{TOKEN[9:20]}\"'{TOKEN[20:]}'",
        f"curl -u {ACCOUNT}:{TOKEN[:9]}\\\n{TOKEN[9:]}",
        f"curl --config - <<< 'user = \"{ACCOUNT}:hunter2\"'",
        f"# curl -u {ACCOUNT}:hunter2 don't do this\ncurl -u ann:hunter2",
        f'curl -d "{{\\"AuthToken\\": \\"hunter2\\"}}" -d token={TOKEN}',
        f"curl {TOKEN.upper()} %3A{TOKEN}%40",
        "machine api.twilio.com login AC1 password hunter2 curl",
        'setx TWILIO_AUTH_TOKEN "hunter2"\n$env:TWILIO_API_SECRET = "hunter2"',
        "curl -H 'Authorization: Basic '$(echo -n ACmine:hunter2 | base64)",
        "curl -u 'ann:two words'",
    ],
)
def test_every_secret_of_a_script_is_masked(script: str) -> None:
    masked = mask_script(script)

    assert not any(each in masked for each in (TOKEN[:6], TOKEN[-6:], KEY[:6], "hunter2", "words"))
    assert TOKEN.upper()[:6] not in masked


@pytest.mark.parametrize(
    ("script", "words"),
    [
        (f"-u {ACCOUNT}:{TOKEN[:9]}\"{TOKEN[9:20]}\"'{TOKEN[20:]}'", ["-u", f"{ACCOUNT}:{MASK}"]),
        (f'-u {ACCOUNT}:{TOKEN[:9]}"{TOKEN[9:]}"', ["-u", f"{ACCOUNT}:{MASK}"]),
        (f"-u \"{ACCOUNT}:{TOKEN[:9]}\"'{TOKEN[9:]}'", ["-u", f"{ACCOUNT}:{MASK}"]),
        (f"-u '{ACCOUNT}:{TOKEN[:9]}'{TOKEN[9:]}", ["-u", f"{ACCOUNT}:{MASK}"]),
        (f"-u '{ACCOUNT}:'\"{TOKEN}\"", ["-u", f"{ACCOUNT}:{MASK}"]),
        (f"-H \"X-Auth-Token: {TOKEN[:9]}\"'{TOKEN[9:]}'", ["-H", f"X-Auth-Token: {MASK}"]),
        (f"https://{ACCOUNT}:{TOKEN[:9]}'{TOKEN[9:]}@x/'", [f"https://{ACCOUNT}:{MASK}@x/"]),
    ],
)
def test_quotes_in_the_middle_of_a_secret_leave_a_script_that_can_be_read(
    script: str, words: list[str]
) -> None:
    """... with nothing masked behind the secret."""
    assert shlex.split(mask_script(f"curl {script} -X POST")) == ["curl", *words, "-X", "POST"]


@pytest.mark.parametrize(
    "script",
    [
        "curl -u ACXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX:your_auth_token",
        "curl -u $TWILIO_ACCOUNT_SID:$TWILIO_AUTH_TOKEN -H 'Authorization: Bearer ${TOKEN}'",
        'curl -u "AC:$(cat token.txt)" -u AC:[AuthToken] -u "AC:<your auth token>" -u AC:{{token}}',
        f"curl https://api.twilio.com/2010-04-01/Accounts/{ACCOUNT}/Calls/CA{TOKEN}.json",
        f"curl -u {ACCOUNT}: https://x --data-urlencode 'Url=https://x.example/?token=of-a-webhook'",
        "curl -d ApplicationSid=AP" + TOKEN,
        f"curl -d Url=https://x.example/{TOKEN}.xml -d StatusCallback=https://x.example/?id={TOKEN}",
        "curl https://example.com:8443/a -e https://example.com -d To=+13105555555",
        f"curl -u AC:{MASK} --user-agent 'a:b'",
        "curl -F user=ann -d 'Body=For user https://example.com/'",
        "",
    ],
)
def test_placeholders_sids_and_addresses_are_left_alone(script: str) -> None:
    assert mask_script(script) == script
