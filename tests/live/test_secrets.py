"""The token shows itself nowhere, not in pieces of six characters."""

from __future__ import annotations

import copy
import pickle
import traceback
from base64 import b64encode

import pytest

import twilio_magic as tm
from tests.calls import DEMO, FROM, TO
from tests.live.conftest import ENVIRON, Connect
from tests.live.server import ACCOUNT, TOKEN, echoes, hangs_up, says, serving

HEADER = b64encode(f"{ACCOUNT}:{TOKEN}".encode()).decode()


def pieces(secret: str) -> list[str]:
    return [secret[start : start + 6] for start in range(len(secret) - 5)]


def leaked(text: str) -> list[str]:
    """The pieces of the token, and of the header that carries it, in *text*."""
    tail = HEADER[len(b64encode(f"{ACCOUNT}:".encode()).decode()) :]
    return [piece for piece in (*pieces(TOKEN), *pieces(tail)) if piece in text]


def test_the_search_finds_what_it_looks_for() -> None:
    assert leaked(f"x{TOKEN[3:12]}x")
    assert leaked(HEADER)


def test_credentials_and_client_do_not_show_it() -> None:
    credentials = tm.Credentials.find(ENVIRON)
    client = tm.Client(credentials=credentials)
    shown = [repr(credentials), str(credentials), f"{credentials.password}", repr(client)]
    shown += [repr(vars(client)), repr(vars(client._backend)), str(copy.copy(credentials))]

    assert leaked("".join(shown)) == []


def test_it_is_not_pickled() -> None:
    with pytest.raises(TypeError, match="not pickled"):
        pickle.dumps(tm.Credentials.find(ENVIRON))


@pytest.mark.parametrize("answer", [echoes, hangs_up, says(200, f"<p>{TOKEN}</p>")])
def test_no_error_shows_it_even_if_the_server_sends_it_back(
    connect: Connect, answer: object
) -> None:
    tm.TwilioMagicError.tracebacks = True
    with serving(answer) as server, pytest.raises(tm.TwilioMagicError) as raised:  # type: ignore[arg-type]
        connect(server).calls.create(to=TO, from_=FROM, url=DEMO)
    told = "".join([*raised.value.box(), *raised.value._render_traceback_(), repr(raised.value)])
    frames = traceback.TracebackException.from_exception(raised.value, capture_locals=True)

    assert leaked(told) == []
    assert leaked("".join(frames.format())) == []


def test_the_account_resource_hides_its_token(connect: Connect) -> None:
    fields = {"sid": ACCOUNT, "auth_token": TOKEN, "status": "active", "type": "Full"}
    with serving(says(200, fields)) as server:
        account = connect(server).account

    assert leaked(repr(account) + repr(account.fields) + str(account.auth_token)) == []


def test_a_token_with_a_blank_or_a_quote_is_refused_before_it_is_used() -> None:
    for wrong in ("abc def", "“abc”", ""):
        with pytest.raises(tm.CredentialsError):
            tm.Credentials.find({**ENVIRON, "TWILIO_AUTH_TOKEN": wrong})
