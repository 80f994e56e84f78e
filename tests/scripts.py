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


#: What has a secret without a script; ``{sid}``, ``{secret}`` and ``{pair}``, which is both in base64, are filled in.
_NOTES = (
    "{sid} {secret}",
    "{sid}:{secret}",
    "{secret}",
    "TWILIO_AUTH_TOKEN={secret}",
    "AuthToken={secret}",
    "auth_token: {secret}",
    "my token is {secret}.",
    "-u {sid}:{secret}",
    "wget --user {sid} --password {secret} https://api.twilio.com/x",
    "http -a {sid}:{secret} POST https://api.twilio.com/x",
    "https --auth={sid}:{secret} api.twilio.com/x",
    "twilio login {sid} --auth-token {secret}",
    "twilio login --auth-token={secret}",
    "https://{sid}:{secret}@api.twilio.com/x",
    "https://x.example/?id=7&AuthToken={secret}",
    "https://api.twilio.com/{secret}",
    "Authorization: Bearer {secret}",
    "Authorization: Basic {pair}",
)
_CALL = "call +13105555555 --from +12125551234"
_DOCUMENT = "<Response><Say>Hi.</Say></Response>"
#: The cells in which it may stand.
_CELLS = (
    "{note}",
    "%%twiml\n{note}\n" + _DOCUMENT,
    "%%twiml menu\n<Response><!-- {note} --><Say>Don't.</Say></Response>",
    "%%twiml\n<Response><Say>{note}</Say></Response>",
    f"%%{_CALL}\n{{note}}\n{_DOCUMENT}",
    f"%%{_CALL} {{note}}\n{_DOCUMENT}",
    f"%{_CALL} {{note}} --say hi",
    f"%{_CALL} --say hi \\\n  {{note}}",
    f"answer = 1\n%{_CALL} --say hi {{note}}\nanswer = 2",
    f"placed = %{_CALL} --say hi {{note}}",
    f"%%time\n%%{_CALL}\n{_DOCUMENT}\n{{note}}",
    f"%%capture printed\n%{_CALL} {{note}}",
    "%%phone +13105555555\nanswer\n{note}",
    "%twilio {note}",
    "%twilio set from {note}",
    "%mount https://ivr.example.com {note}",
    "answer = 1  # the secret of {note}",
)


@st.composite
def secret_cells(draw: st.DrawFn) -> tuple[str, str]:
    """A cell with a secret of Twilio's in it that is no script, and the secret."""
    secret = draw(like_twilios)
    pair = b64encode(f"{ACCOUNT}:{secret}".encode()).decode()
    note = draw(st.sampled_from(_NOTES)).format(sid=ACCOUNT, secret=secret, pair=pair)
    return draw(st.sampled_from(_CELLS)).format(note=note), pair if pair in note else secret


_ADDRESSES = (
    "https://x.example/{checksum}",
    "https://x.example/{checksum}.mp3",
    "https://x.example/a/{checksum}/b?c={checksum}",
    "https://x.example/?sig={checksum}&amp;author={checksum}#{checksum}",
    "https://ann:hunter2@x.example/{checksum}",
    "https%3A%2F%2Fx.example%2F%3Fid%3D{checksum}",
    "wss://x.example:8443/{checksum}",
    "/hold/{checksum}",
    "/hold.php?id={checksum}",
    "../{checksum}.wav",
    "{checksum}.mp3",
    "voice.xml?{checksum}",
    "https://x.example/Accounts/" + ACCOUNT + "/{checksum}",
)
_AROUND = (
    "%%twiml\n<Response><Play>{}</Play></Response>",
    "%%twiml\n<Response><Redirect method='GET'>{}</Redirect><Say>Don't.</Say></Response>",
    '%%twiml\n<Response><Gather action="{}" method="GET"><Play>{}</Play></Gather></Response>',
    f"%{_CALL} --url {{}}",
    f"%{_CALL} StatusCallback={{}} --say hi",
    f'x = "{{}}"\n%{_CALL} --url "{{}}"',
)


@st.composite
def cells_with_checksums(draw: st.DrawFn) -> str:
    """A cell whose addresses have a word that could be a secret and is none."""
    address = draw(st.sampled_from(_ADDRESSES)).format(checksum=draw(like_twilios))
    around = draw(st.sampled_from(_AROUND))
    return around.format(*[address] * around.count("{}"))


def is_in(secret: str, text: str) -> bool:
    """Whether a piece of *secret* stands in *text*, as it is or with quotes in the middle."""
    bare = "".join(char for char in text if char not in "'\"\\\n")
    pieces = (secret[at : at + 7] for at in range(len(secret) - 6))
    return any(piece in text or piece in bare for piece in pieces)
