"""Reading a ``curl`` script: the request that it would send. Source: curl's manual page, the shell's quoting."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlsplit

from ...errors import MagicLineError
from ...records import dataclass
from ._script_secrets import mask_script
from ._script_words import TYPESET

_CONTINUED = re.compile(r"\\[ \t]*\r?\n")
_ACCOUNT = re.compile(r"/Accounts/([^/]+)/")
_PLUS = re.compile(r"=\+(?=\d)")  # in a form, a bare + is a blank; before a number it is meant
#: What may stand before curl in its line: a prompt, settings of variables, and commands that run another.
_SETTING = r"\w+=(?:\"[^\"]*\"|'[^']*'|\S*)|export[^;&\n]*(?:;|&&)"
_BEFORE = rf"[ \t]*(?:[$>%][ \t]*)?(?:(?:{_SETTING}|time|env|sudo|command)\s+)*"
_PROGRAM = re.compile(r"curl\.exe$")
_COMMAND = re.compile(rf"(?m)^{_BEFORE}curl(?:\.exe)?\s")
_PROMPT = re.compile(r"(?m)^[ \t]*[$>%](?:[ \t]+|(?=curl\b))")

_ALONE = {"-s", "-S", "-i", "-v", "-L", "-f", "-k", "-g", "--silent"}
_ALONE |= {"--show-error", "--include", "--verbose", "--location", "--fail", "--compressed"}
_ALONE |= {"--globoff", "--insecure", "--fail-with-body", "--http1.1", "--http2"}
_GET = {"-G", "--get"}  # what would be the form goes into the query
_TAKES = {"-X": "method", "--request": "method", "-u": "user", "--user": "user", "--url": "url"}
_TAKES |= {"-d": "data", "--data": "data", "--data-ascii": "data", "--data-raw": "data"}
_TAKES |= {"--data-binary": "data", "--data-urlencode": "pair", "-F": "pair", "--form": "pair"}
_TAKES |= {"-H": "", "--header": "", "-o": "", "--output": "", "-A": "", "--user-agent": ""}
_TAKES |= {"--oauth2-bearer": "", "-b": "", "--cookie": "", "-x": "", "--proxy": "", "-U": ""}
_TAKES |= {"-m": "", "--max-time": "", "--connect-timeout": "", "-w": "", "--write-out": ""}


@dataclass(frozen=True, slots=True)
class CurlCommand:
    """What a script would send: *method*, *url*, *form* and the *user* who signs in.

    It holds no secret: what is one in the script is masked here. *notes* says what the script should do differently.
    """

    method: str
    url: str
    form: tuple[tuple[str, str], ...]
    user: str = ""
    notes: tuple[str, ...] = ()

    @property
    def account_sid(self) -> str:
        """The account in the URL, as it stands there: a sid, a variable, or a row of X."""
        found = _ACCOUNT.search(urlsplit(self.url).path)
        return found[1] if found else ""


def is_curl(text: str) -> bool:
    """Whether *text* looks like a ``curl`` script, with or without the shell's prompt, and is no document."""
    return not text.lstrip().startswith("<") and _COMMAND.search(text) is not None


def parse_curl(text: str) -> CurlCommand:
    """The request of the script *text*; raises :class:`MagicLineError` for what cannot be read.

    Quotes of both kinds, line continuations (also with blanks behind the backslash, as copying leaves them), options in
    any order, in one word (``-sS``), glued (``-XPOST``, ``-uNAME``) or with an equals sign.
    """
    words = _words(mask_script(text))
    parts: dict[str, list[str]] = {
        "method": [],
        "user": [],
        "url": [],
        "data": [],
        "pair": [],
        "get": [],
    }
    for kind, value in _classify(words):
        parts.setdefault(kind, []).append(value)
    url = "".join(parts["url"][:1])
    if not url:
        raise MagicLineError("The curl script has no address.", hint="It needs a URL: https://…")
    _refuse_unreadable(url)
    form = tuple(_pairs(parts["data"], parts["pair"]))
    user = "".join(parts["user"][-1:]).partition(":")[0]
    usual = "POST" if form and not parts["get"] else "GET"
    method = (parts["method"] or [usual])[-1].upper()
    notes = tuple(_bare_plus(parts["data"]))
    return CurlCommand(method, url, form, user, notes)


def _refuse_unreadable(url: str) -> None:
    """Raise for an address that ``curl`` could not request either; a variable of the shell may be a port."""
    try:
        parts = urlsplit(url)
        is_readable = "$" in parts.netloc or parts.port != 0
    except ValueError:  # such as https://[api, or a port that is no number
        is_readable = False
    if not is_readable:
        raise MagicLineError(
            f"The address of the curl script cannot be read: {url!r}.",
            hint="A call is placed at https://api.twilio.com/2010-04-01/Accounts/AC…/Calls.json.",
        )


def _words(text: str) -> list[str]:
    joined = _CONTINUED.sub(" ", _PROMPT.sub("", text.translate(TYPESET)).strip())
    try:
        words = [_PROGRAM.sub("curl", word) for word in shlex.split(joined, comments=True)]
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
        if not word.startswith("-"):
            yield "url", word
        for name, glued in _options(word):
            if name in _TAKES:
                yield _TAKES[name], glued if glued is not None else next(rest, "")
            elif name in _GET:
                yield "get", name
            elif name not in _ALONE:
                raise MagicLineError(
                    f"The curl option {name!r} is not understood here.",
                    hint="Understood are -X, -u, -d, --data-urlencode, -H and those that only change what is shown.",
                )


def _options(word: str) -> Iterator[tuple[str, str | None]]:
    """The options in *word*, each with the value that is glued to it."""
    if word.startswith("--"):
        name, equals, value = word.partition("=")
        yield name, value if equals else None
    elif word.startswith("-"):
        for place, letter in enumerate(word[1:], 2):
            takes = f"-{letter}" in _TAKES
            yield f"-{letter}", (word[place:].removeprefix("=") or None) if takes else None
            if takes:
                break


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
