"""Secrets in texts, such as a pasted ``curl``: the one rule that says what is one, and how they are masked.

A secret looks like one of Twilio's: a word of 32 letters and digits. In the path, the query or the file's name of an
address such a word may be anything, such as a checksum: there its name must say that it is a secret, or the address is
one of Twilio's API, which has none but sids. In a shell script, whatever stands where curl or the shell takes a secret
is one, too. Placeholders of articles and variables of the shell are none.

Source: curl's manual page, Twilio's page "API keys".
"""

from __future__ import annotations

import re
from base64 import urlsafe_b64decode
from binascii import Error as NotBase64
from bisect import bisect_right
from collections.abc import Callable, Iterator

from ...secret import MASK
from ._script_words import Reading, read_quoting, readings

_NAME = r"[\w.$:-]*(?:token|secret|passw(?:or)?d|passphrase|passcode|pwd|api[_-]?key)[\w.-]*"
#: Short options of curl that take no value, so that another may follow in the same word: ``-su``.
_FLAGS = "#0-46aBfgGiIjJklLMnNOpqRsSvVZ"

#: Where a secret stands, which is the group. Words are lines in a reading, and a blank stands inside of a word.
_PLACES = [
    re.compile(pattern, re.IGNORECASE | re.MULTILINE)
    for pattern in (
        # -u user:secret, -U, -E certificate:secret, with flags before and with or without a blank
        rf"^(?-i:-[{_FLAGS}]*[uUE])\n?=?[^\n:]*:([^\n]+)",
        r"^--(?:proxy-)?(?:us|use|user|cert)[\n=][^\n:]*:([^\n]+)",
        r"(?:^|\s|--?)(?:oauth2-b\w*|(?:proxy-)?pass|(?:proxy-)?tlspassword)[\s=:]+[\"']?([^\n\"']+)",
        # a line for --config
        r"(?:^|\s)(?:proxy-)?user[\s=:]+[\"']?[^\s:\"']*:(?!//)([^\s\"']+)",
        rf"^(?-i:-[{_FLAGS}]*H|--(?:proxy-)?header)\n?=?{_NAME}:\s?([^\n]+)",
        r"^login\n[^\n]+\npassword\n([^\n]+)",
        r"(?:proxy-)?authorization[\"']?\s*[:=]\s*[\"']?(?:(?:basic|bearer|digest|token)\s+)?([^\n]+)",
        # in a URL
        r"://[^\s/?#:@]*:([^\s/?#]+)@",
        rf"^https?://[^\n]*?[?&]{_NAME}=([^\s&]+)",
        # AuthToken=secret in a form, {"AuthToken": "secret"}, X-Token: secret, TOKEN=secret, export TOKEN=secret
        rf"^(?:-[dFHb]=?|--[\w-]+=)?{_NAME}(?:\s*=\s*|: ?)([^\n]+)",
        rf"(?<=[&{{,;\"'(|]){_NAME}[\"']?(?:\s*=\s*|: ?)[\"']?([^\s&\"',;}}]+)",
        rf"^setx?\n(?:-\w+\n)*{_NAME}\n([^\n]+)",
        # the pair of a sid and its secret, wherever it stands
        r"(?<![0-9a-z])(?:AC|SK)[0-9a-zX]+:([^\s\"'|@]+)",
    )
]
#: A character of an address before its path.
_OF_HOST = r"(?:(?!%2F|%3F|%23)[^\s/?#\"'<>])"
#: The parts of addresses in which 32 letters and digits may be anything: behind a host, in a relative address, in the
#: name of a file.
_ADDRESSES = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"[a-z][a-z0-9+.-]*(?::|%3A)(?:/|%2F){{2}}(?!{_OF_HOST}*@?api\.(?:[\w-]+\.)*twilio\.com\b){_OF_HOST}*([^\s\"'<>]+)",
        r"(?<![^\s\"'>=(])\.{0,2}/(?!/)([^\s\"'<>]+)",
        r"(?<![^\s\"'>=(])[\w./-]*\?([^\s\"'<>]+)",
        r"(?<![^\s\"'>=(])([\w./-]+\.(?:aiff?|gif|gsm|html?|jpe?g|js|json|mp3|ogg|php|png|svg|twiml|txt|ul?law|wav|xml))\b",
    )
]
#: What says in an address that a secret follows: its name, or a sid.
_NAMED = re.compile(
    rf"(?:[?&#;]|%26|%3F)(?:{_NAME}|[\w.-]*auth(?!or)[\w.-]*)(?:=|%3D)"
    "|(?<![0-9a-z])(?:AC|SK)[0-9a-f]{32}(?::|%3A)",
    re.IGNORECASE,
)
_BOUNDARY = r"(?:(?<![0-9A-Za-z])|(?<=%[0-9A-Fa-f]{2})|(?<=\\[nrt]))"
_LIKE_A_SECRET = re.compile(rf"{_BOUNDARY}([0-9A-Za-z]{{32}})(?![0-9A-Za-z])")
_BASE64 = re.compile(r"(?<![0-9A-Za-z+/_-])((?:QU|U0)[0-9A-Za-z+/_-]{50,}=*)")
_PAIR = re.compile(rb"(?:AC|SK)\w+:.+", re.DOTALL)

_SID = re.compile(r"[A-Z]{2}[0-9a-fA-FxX]{32}")
_VARIABLE = re.compile(
    r"\$\{?\w+\}?|\$\{.*|\$\(.*|`.*|\$env:\w+|%\w+%|\{\{.*|<[^<>]*>|\[[^][]*\]|\{\w*\}"
)
_ROW = re.compile(r"[xX*•.…_# -]*")
_AROUND = "\"'`<>[]{}(),;"
#: What articles write where a reader's own token belongs: your_auth_token, [AuthToken], API-SECRET-HERE.
_OF_PLACEHOLDERS = (
    "a account api auth authentication example goes here insert key my of password secret sid the token twilio "
    "your"
)
_PLACEHOLDER_WORDS = frozenset(_OF_PLACEHOLDERS.split())
_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")

#: After so many rounds nothing new is found in any script that can be written.
_MOST_ROUNDS = 4
#: What is no part of a word, though it may stand in one.
_QUOTES = re.compile(r"[\"'\\^`\s]+")
_LONG_WORD = re.compile("[0-9A-Za-z]{32}|[0-9A-Za-z+/_-]{52}")

Find = Callable[[Reading], Iterator[tuple[int, int]]]


def mask_script(script: str) -> str:
    """*script* with every secret in it masked; the same text if there is none.

    It need not be a script that can be read: quotes may be missing, and there may be several commands and prose.
    """
    return _mask(script, _find_in_script)


def mask_tokens(text: str) -> str:
    """*text*, such as a document or a magic's line, with every word masked that looks like a secret of Twilio's."""
    if not _LONG_WORD.search(_QUOTES.sub("", text)):
        return text
    return _mask(text, _find_tokens)


def _mask(script: str, find: Find) -> str:
    for _ in range(_MOST_ROUNDS):
        masked = _mask_once(script, find)
        if masked == script:
            return script
        script = masked
    return MASK  # better nothing of it than a part that is not masked


def _mask_once(script: str, find: Find) -> str:
    spans = sorted(reading.span(*place) for reading in readings(script) for place in find(reading))
    if not spans:
        return script
    quoting = read_quoting(script)  # a secret may begin outside of quotes and end in some
    for start, end in reversed(list(_merge(spans))):
        script = script[:start] + MASK + quoting.between(start, end) + script[end:]
    return script


def _find_in_script(reading: Reading) -> Iterator[tuple[int, int]]:
    """Where secrets stand in *reading*, which is a script."""
    for pattern in _PLACES:
        for found in pattern.finditer(reading.text):
            if not is_placeholder(found[1]):
                yield found.span(1)
    yield from _find_tokens(reading)


def _find_tokens(reading: Reading) -> Iterator[tuple[int, int]]:
    """Where words stand in *reading* that look like secrets of Twilio's, also in pairs with a sid in base64."""
    text = reading.text
    spans = sorted(found.span(1) for each in _ADDRESSES for found in each.finditer(text))
    addresses = [(-1, -1), *_merge(spans)]
    named = {found.end() for found in _NAMED.finditer(text)}
    for found in _LIKE_A_SECRET.finditer(text):
        start, end = found.span(1)
        is_in_address = end <= addresses[bisect_right(addresses, (start, len(text))) - 1][1]
        if _is_varied(found[1]) and (start in named or not is_in_address):
            yield start, end
    for found in _BASE64.finditer(text):
        if _PAIR.match(_decode(found[1])):
            yield found.span(1)


def is_placeholder(value: str) -> bool:
    """Whether *value* only stands for a secret: a variable, a sid, ``your_auth_token``, ``XXXX``, our own mask."""
    inner = value.strip(_AROUND)
    if _VARIABLE.fullmatch(value) or _SID.fullmatch(inner) or _ROW.fullmatch(inner):
        return True
    words = {each.lower() for each in _WORDS.findall(inner)}
    return not _WORDS.sub("", inner).strip("-_. ") and words <= _PLACEHOLDER_WORDS


def _is_varied(text: str) -> bool:
    """Whether *text* is no row of a few characters, and no long word."""
    return len(set(text)) > 3 and any(char.isdigit() for char in text)


def _decode(text: str) -> bytes:
    standard = text.rstrip("=").replace("+", "-").replace("/", "_")
    try:
        return urlsafe_b64decode(standard[: len(standard) // 4 * 4])
    except NotBase64:
        return b""


def _merge(spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """*spans*, which are sorted, as such that do not overlap."""
    start, end = -1, -1
    for first, last in spans:
        if first > end:
            if end >= 0:
                yield start, end
            start, end = first, last
        end = max(end, last)
    if end >= 0:
        yield start, end
