"""Reading a ``curl`` script: the request that it would send. Source: curl's manual page, the shell's quoting."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

from ...errors import MagicLineError
from ...secret import Secret

#: What word processors and web pages make of quotes and blanks.
_TYPESET = str.maketrans("\u2018\u2019\u201c\u201d\u00a0\u202f", "''\"\"  ")
_CONTINUED = re.compile(r"\\[ \t]*\r?\n")
_ACCOUNT = re.compile(r"/Accounts/([^/]+)/")
_PLUS = re.compile(r"=\+(?=\d)")  # in a form, a bare + is a blank; before a number it is meant
_SIGNED = re.compile(r"(?:-u|--user)[\s=]*['\"]?[^\s:'\"]+:([^\s'\"\\]+)")
_VARIABLE = re.compile(r"\$\{?\w+\}?")
#: Placeholders that articles write for a token: your_auth_token, [AuthToken], <token>, XXXX, an empty one.
_PLACEHOLDER = re.compile(r"(?i).*(your|token|secret|password|example|\[|<|x{4}|•).*|")

_ALONE = {"-s", "-S", "-sS", "-Ss", "-i", "-v", "-L", "-f", "-k", "-g", "-G", "--get", "--silent"}
_ALONE |= {"--show-error", "--include", "--verbose", "--location", "--fail", "--compressed"}
_ALONE |= {"--globoff", "--insecure", "--fail-with-body", "--http1.1", "--http2"}
_GET = {"-G", "--get"}  # what would be the form goes into the query
_TAKES = {"-X": "method", "--request": "method", "-u": "user", "--user": "user", "--url": "url"}
_TAKES |= {"-d": "data", "--data": "data", "--data-ascii": "data", "--data-raw": "data"}
_TAKES |= {"--data-binary": "data", "--data-urlencode": "pair", "-F": "pair", "--form": "pair"}
_TAKES |= {"-H": "", "--header": "", "-o": "", "--output": "", "-A": "", "--user-agent": ""}
_TAKES |= {"-m": "", "--max-time": "", "--connect-timeout": "", "-w": "", "--write-out": ""}


@dataclass(frozen=True, slots=True)
class CurlCommand:
    """What a script would send: *method*, *url*, *form* and the *user* who signs in.

    *token* is what stood behind the user's colon, if it is neither a placeholder nor a variable of the shell. *notes*
    says what the script should do differently.
    """

    method: str
    url: str
    form: tuple[tuple[str, str], ...]
    user: str = ""
    token: Secret | None = None
    notes: tuple[str, ...] = ()

    @property
    def account_sid(self) -> str:
        """The account in the URL, as it stands there: a sid, a variable, or a row of X."""
        found = _ACCOUNT.search(urlsplit(self.url).path)
        return found[1] if found else ""


def is_curl(text: str) -> bool:
    """Whether *text* looks like a ``curl`` script, with or without the shell's prompt."""
    return bool(re.match(r"\s*(?:#[^\n]*\n\s*)*(?:\$ +)?curl\s", text))


def parse_curl(text: str) -> CurlCommand:
    """The request of the script *text*; raises :class:`MagicLineError` for what cannot be read.

    Quotes of both kinds, line continuations (also with blanks behind the backslash, as copying leaves them), options in
    any order, glued (``-XPOST``, ``-uNAME``) or with an equals sign.
    """
    words = _words(text)
    parts: dict[str, list[str]] = {"method": [], "user": [], "url": [], "data": [], "pair": []}
    for kind, value in _classify(words):
        parts.setdefault(kind, []).append(value)
    url = "".join(parts["url"][:1])
    if not url:
        raise MagicLineError("The curl script has no address.", hint="It needs a URL: https://…")
    form = tuple(_pairs(parts["data"], parts["pair"]))
    user, _, token = "".join(parts["user"][-1:]).partition(":")
    usual = "POST" if form and not _GET & set(words) else "GET"
    method = (parts["method"] or [usual])[-1].upper()
    notes = tuple(_bare_plus(parts["data"]))
    return CurlCommand(method, url, form, user, _secret(token), notes)


def find_token(text: str) -> Secret | None:
    """The token in the script *text*, also in one that cannot be read; ``None`` for none, or a placeholder."""
    try:
        return parse_curl(text).token
    except MagicLineError:
        found = _SIGNED.search(text)
        return _secret(found[1]) if found else None


def _words(text: str) -> list[str]:
    joined = _CONTINUED.sub(" ", text.translate(_TYPESET).strip())
    joined = re.sub(r"(?m)^\s*(?:\$ +)?(?=curl\s)", "", joined)
    try:
        words = shlex.split(joined, comments=True)
    except ValueError as error:
        hint = "A quote is opened and not closed; paste the whole script."
        raise MagicLineError(f"The curl script cannot be read: {error}.", hint=hint) from None
    if words.count("curl") > 1:
        raise MagicLineError("There are several curl commands.", hint="Put one in each cell.")
    if "curl" not in words:
        raise MagicLineError("There is no curl command.", hint="A script begins with curl.")
    return words[words.index("curl") + 1 :]


def _classify(words: list[str]) -> Iterator[tuple[str, str]]:
    """The words of the command line, each with the kind of thing that it is."""
    rest = iter(words)
    for word in rest:
        name, glued = _option(word)
        if name in _TAKES:
            value = glued if glued is not None else next(rest, "")
            yield _TAKES[name], value
        elif not word.startswith("-"):
            yield "url", word
        elif word not in _ALONE:
            raise MagicLineError(
                f"The curl option {word!r} is not understood here.",
                hint="Understood are -X, -u, -d, --data-urlencode, -H and those that only change what is shown.",
            )


def _option(word: str) -> tuple[str, str | None]:
    """The option in *word*, and the value that is glued to it."""
    if word.startswith("--"):
        name, equals, value = word.partition("=")
        return name, value if equals else None
    if word.startswith("-") and word not in _ALONE and len(word) > 2 and word[:2] in _TAKES:
        return word[:2], word[2:].removeprefix("=")
    return word, None


def _pairs(data: list[str], pairs: list[str]) -> Iterator[tuple[str, str]]:
    """Parameters: those of ``-d`` are encoded already, those of ``--data-urlencode`` are not."""
    for text in pairs:
        name, _, value = text.partition("=")
        yield name, value
    for text in data:
        yield from parse_qsl(_PLUS.sub("=%2B", text), keep_blank_values=True)


def _bare_plus(data: list[str]) -> Iterator[str]:
    for pair in "&".join(data).split("&"):
        name, _, value = pair.partition("=")
        if _PLUS.match("=" + value):
            yield f"curl -d sends the + of {name} as a blank; --data-urlencode sends it as it is."


def _secret(token: str) -> Secret | None:
    if _VARIABLE.fullmatch(token) or _PLACEHOLDER.fullmatch(token):
        return None
    return Secret(token)
