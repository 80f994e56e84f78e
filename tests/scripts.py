"""Shell scripts with a secret somewhere, for Hypothesis: any place, any quoting."""

from __future__ import annotations

import string
from base64 import b64encode
from random import Random

from hypothesis import strategies as st

ACCOUNT = "AC" + "1234abcd" * 4
_LETTERS = string.ascii_letters + string.digits


def _spelled(letters: str, length: int) -> st.SearchStrategy[str]:
    """Texts of *letters* that look like chance, however Hypothesis shrinks them, and always have a digit."""
    return st.integers(0, 10**6).map(
        lambda seed: "".join(Random(seed).choices(letters, k=length - 1)) + str(seed % 10)  # noqa: S311 - not a real one
    )


#: What Twilio hands out: auth tokens, and secrets of API keys, nearly all of which have a digit.
like_twilios = st.one_of(_spelled("0123456789abcdef", 32), _spelled(_LETTERS, 32))

#: Anything else that somebody may use for a password, in the one word that curl takes.
_passwords = _spelled(_LETTERS + "!%*+,.?@^_~-", 12)

#: Where curl, or the shell, takes a secret, by the words of the command line.
_PLACES = (
    ["-u", ACCOUNT + ":{}"],
    ["-u" + ACCOUNT + ":{}"],
    ["-su", "SKmine:{}"],
    ["-sSu" + ACCOUNT + ":{}"],
    ["--user", "$SID:{}"],
    ["--user=" + ACCOUNT + ":{}"],
    ["--proxy-user", "ann:{}"],
    ["-U", "ann:{}"],
    ["-E", "mine.pem:{}"],
    ["--oauth2-bearer", "{}"],
    ["--pass", "{}"],
    ["-H", "Authorization: Bearer {}"],
    ["-HAuthorization: Basic {}"],
    ["-H", "X-Auth-Token: {}"],
    ["-d", "AuthToken={}"],
    ["-dAuthToken={}"],
    ["--data-urlencode", "SipAuthPassword={}"],
)
_PAIR = "Authorization: Basic {}"
_FREE = (
    ["https://" + ACCOUNT + ":{}@api.twilio.com/"],
    ["https://{}@api.twilio.com/"],
    ["https://api.twilio.com/x?AuthToken={}"],
    ["-d", "Body=the token is {}"],
    ["{}"],
    ["-K", "user={}"],
    ["-A", "my {} agent"],
)
_BEFORE = (
    "",
    "$ ",
    "> ",
    "% ",
    "time ",
    "sudo ",
    "X=1 ",
    "# ",
    "# don't: ",
    "export A=b; ",
    "echo hi\n",
)
_WORDS = (
    "-X",
    "POST",
    "-s",
    "-d",
    "To=+13105555555",
    "https://api.twilio.com/x.json",
    "-i",
    "'it is'",
)


@st.composite
def _quoted(draw: st.DrawFn, word: str) -> str:
    """*word* as a shell can be given it: plain, in quotes, in pieces with quotes in the middle."""
    pieces = []
    while word:
        length = draw(st.integers(1, len(word)))
        piece, word = word[:length], word[length:]
        pieces.append(draw(st.sampled_from([_plain, _single, _double, _ansi]))(piece))
    return "".join(pieces)


def _plain(text: str) -> str:
    return "".join(char if char in _LETTERS + ":/=.-_@+" else f"\\{char}" for char in text)


def _single(text: str) -> str:
    return f"'{text}'"


def _double(text: str) -> str:
    escaped = "".join(f"\\{char}" if char in '$`"\\' else char for char in text)
    return f'"{escaped}"'


def _ansi(text: str) -> str:
    return "$'" + "".join(f"\\x{ord(char):02x}" if char.isdigit() else char for char in text) + "'"


@st.composite
def secret_scripts(draw: st.DrawFn) -> tuple[str, str]:
    """A script with ``curl``, and the secret in it."""
    secret = draw(st.one_of(like_twilios, _passwords))
    free = _FREE if len(secret) == 32 else ()
    words = list(draw(st.sampled_from([*_PLACES, *free])))
    if draw(st.booleans()) and len(secret) == 32:
        pair = b64encode(f"{ACCOUNT}:{secret}".encode()).decode()
        filled = ["-H", _PAIR.format(pair)]
    else:
        filled = [word.replace("{}", secret) for word in words]
    quoted = [draw(_quoted(word)) for word in filled]
    around = draw(st.lists(st.sampled_from(_WORDS), max_size=4))
    at = draw(st.integers(0, len(around)))
    blank = draw(st.sampled_from([" ", " \\\n", "  ", " \\\n> "]))
    line = blank.join(["curl", *around[:at], *quoted, *around[at:]])
    script = draw(st.sampled_from(_BEFORE)) + line
    return script + draw(
        st.sampled_from(["", "\n", "\ncurl -u $SID:$TOKEN https://y", "'"])
    ), secret


def is_in(secret: str, text: str) -> bool:
    """Whether a piece of *secret* stands in *text*, as it is or with quotes in the middle."""
    bare = "".join(char for char in text if char not in "'\"\\\n")
    pieces = (secret[at : at + 7] for at in range(len(secret) - 6))
    return any(piece in text or piece in bare for piece in pieces)
