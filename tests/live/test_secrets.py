"""The token shows itself nowhere, not in pieces of six characters."""

from __future__ import annotations

import copy
import gzip
import json
import pickle
import re
import traceback
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Callable
from contextlib import suppress
from html import unescape
from http.server import BaseHTTPRequestHandler
from urllib.parse import quote, unquote

import pytest

import twilio_magic as tm
from tests.calls import DEMO, FROM, TO
from tests.live.conftest import ENVIRON, Connect
from tests.live.server import ACCOUNT, CALL, TOKEN, echoes, hangs_up, says, send, serving

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


#: What a server can make of a text: (how it is called, what it is then).
ENCODINGS: dict[str, Callable[[str], str]] = {
    "as it is": str,
    "in capitals": str.upper,
    "percent-encoded": lambda text: "".join(f"%{ord(char):02x}" for char in text),
    "percent-encoded twice": lambda text: "".join(f"%25{ord(char):02x}" for char in text),
    "HTML entities": lambda text: "".join(f"&#{ord(char)};" for char in text),
    "hexadecimal entities": lambda text: "".join(f"&#x{ord(char):X};" for char in text),
    "escaped as in JSON": lambda text: "".join(f"\\u{ord(char):04x}" for char in text),
    "escaped as in Python": lambda text: "".join(f"\\x{ord(char):02x}" for char in text),
    "escaped as in C": lambda text: "".join(f"\\{ord(char):03o}" for char in text),
    "escaped in eight digits": lambda text: "".join(f"\\U{ord(char):08x}" for char in text),
    "base64": lambda text: b64encode(text.encode()).decode(),
    "base64 of the pair": lambda text: b64encode(f"{ACCOUNT}:{text}".encode()).decode(),
    "base64 for URLs": lambda text: quote(urlsafe_b64encode(f"?{text}".encode())),
    "its first half": lambda text: text[:16],
    "its second half": lambda text: text[16:],
    "halves": lambda text: f"{text[:16]} and {text[16:]}",
    "in groups": lambda text: "-".join(text[at : at + 4] for at in range(0, 32, 4)),
    "with a prefix": lambda text: f"CA{text}",
    "with nothing between": "\0".join,
}


def decoded(text: str) -> str:
    """*text* without what a reader's program takes off again."""
    for _ in range(3):
        text = unescape(unquote(text))
        text = re.sub(
            r"\\+(?:u00|U000000|x)([0-9a-fA-F]{2})", lambda found: chr(int(found[1], 16)), text
        )
        text = re.sub(r"\\+([01][0-7]{2})", lambda found: chr(int(found[1], 8)), text)
    return text.replace("\0", "").lower()


@pytest.mark.parametrize("way", ENCODINGS)
@pytest.mark.parametrize("status", [200, 201, 307, 400, 401, 503])
def test_an_echo_in_any_encoding_is_masked(connect: Connect, status: int, way: str) -> None:
    """... in the body, the reason phrase, and the headers."""
    tm.TwilioMagicError.tracebacks = True
    echo = ENCODINGS[way](TOKEN)
    body = {"code": 20001, "message": f"No: {echo}", "more_info": f"https://x/{echo}", "sid": echo}

    def answer(handler: BaseHTTPRequestHandler) -> None:
        line = "".join(char for char in echo if char.isprintable())
        content = json.dumps({**body, "status": "queued", "to": echo}).encode()
        handler.send_response(status, f"No {line}")
        handler.send_header("Location", f"https://{line}.example.com/{line}")
        handler.send_header("X-Echo", line)
        handler.send_header("Content-Length", str(len(content)))
        handler.end_headers()
        handler.wfile.write(content)

    with serving(answer) as server:
        client = connect(server)
        told = ""
        try:
            call = client.calls.fetch(CALL)
            told += repr(call) + repr(call.fields) + str(call._repr_mimebundle_())
        except tm.TwilioMagicError as error:
            told += "".join([*error.box(), *error._render_traceback_(), repr(error.more_info)])
        with pytest.raises(tm.TwilioMagicError) as raised:
            client.calls.create(to="+1", from_=FROM, url=DEMO)
        with suppress(tm.TwilioMagicError):
            told += repr(client.calls.create(to=TO, from_=FROM, url=DEMO).fields)
        told += str(raised.value)

    assert leaked(told) == []
    assert leaked(decoded(told)) == []


@pytest.mark.parametrize("status", [200, 400])
@pytest.mark.parametrize(
    ("content", "headers"),
    [
        (gzip.compress(TOKEN.encode()), {"Content-Encoding": "gzip"}),
        (gzip.compress(TOKEN.encode()), {}),
        (TOKEN.encode("utf-16"), {"Content-Type": "text/html; charset=utf-16"}),
        (TOKEN.encode("utf-16-le"), {"Content-Type": "text/html"}),
        (TOKEN.encode("cp037"), {"Content-Type": "text/html; charset=cp037"}),
        (
            b"+" + b64encode(TOKEN.encode("utf-16-be")).rstrip(b"=") + b"-",
            {"Content-Type": "text/html; charset=utf-7"},
        ),
    ],
    ids=["gzip", "gzip that does not say so", "utf-16", "utf-16 in secret", "EBCDIC", "utf-7"],
)
def test_an_echo_is_masked_after_the_body_is_decoded(
    connect: Connect, status: int, content: bytes, headers: dict[str, str]
) -> None:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        send(handler, status, content, headers)

    with serving(answer) as server, pytest.raises(tm.NotTheApi) as raised:
        connect(server).calls.fetch(CALL)

    assert leaked(decoded(str(raised.value))) == []


def test_an_answer_without_an_echo_stays_as_it_is(connect: Connect) -> None:
    """... with all the hexadecimal digits in it."""
    sids = [f"CA{TOKEN[:8]}{index:024x}" for index in range(50)]
    fields = {"sid": CALL, "to": "100% %41 &amp; \\u0041", "sids": sids, "key": "5f3c9a7"}
    with serving(says(200, fields)) as server:
        assert connect(server).calls.fetch(CALL).fields == fields


def test_the_account_resource_hides_its_token(connect: Connect) -> None:
    fields = {"sid": ACCOUNT, "auth_token": TOKEN, "status": "active", "type": "Full"}
    with serving(says(200, fields)) as server:
        account = connect(server).account

    assert leaked(repr(account) + repr(account.fields) + str(account.auth_token)) == []


def test_a_token_with_a_blank_or_a_quote_is_refused_before_it_is_used() -> None:
    for wrong in ("abc def", "“abc”", ""):
        with pytest.raises(tm.CredentialsError):
            tm.Credentials.find({**ENVIRON, "TWILIO_AUTH_TOKEN": wrong})
