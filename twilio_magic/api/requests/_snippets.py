"""A request as a program: what to paste into a shell or a script to send the same thing.

The account and its token always come from the environment; no program that is written here holds a secret of theirs.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from shlex import quote
from typing import ClassVar, Literal, get_args

from ...display import UNSEEN, Shown
from ...records import dataclass
from ._request import API_VERSION, Request

Language = Literal["curl", "python", "requests", "sdk"]
LANGUAGES: tuple[str, ...] = get_args(Language)

_COMMAND = re.compile(r"(?m)^\s*::|##\[")  # of GitHub Actions, in the output of a step

#: What stands for a password or token of the request itself, by the name of an environment variable.
_VARIABLE = {"SipAuthPassword": "SIP_AUTH_PASSWORD", "CallToken": "CALL_TOKEN"}


@dataclass(frozen=True, slots=True)
class Code(Shown):
    """A program's *text* in *language*. Shown, and as text, it is just that."""

    view: ClassVar[str] = "twilio_magic.views.code:bundle"

    language: str
    text: str

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return self.text


def code(request: Request, language: Language) -> Code:
    """The program in *language* that sends *request*; raises :class:`ValueError` for an unknown language."""
    if language not in _WRITERS:
        raise ValueError(f"no program is written in {language!r}; known are {', '.join(LANGUAGES)}")
    return Code("shell" if language == "curl" else "python", _WRITERS[language](request))


def _curl(request: Request) -> str:
    sid = "$TWILIO_ACCOUNT_SID"
    url = request.url.replace(request.account_sid, sid)
    lines = [f'curl -X {request.method} "{url}"']
    lines += [f"--data-urlencode {_shell(name, value)}" for name, value in request.form]
    lines.append(f'-u "{sid}:$TWILIO_AUTH_TOKEN"')
    return " \\\n".join(lines)


def _shell(name: str, value: str) -> str:
    if name in _VARIABLE:
        return f'"{name}=${_VARIABLE[name]}"'
    return _quote(f"{name}={value}")


def _quote(text: str) -> str:
    """*text* as one word of the shell; what a terminal or GitHub Actions would obey is written by number."""
    if not UNSEEN.search(text) and not _COMMAND.search(text):
        return quote(text)
    return f"$'{''.join(map(_escape, text))}'"


def _escape(char: str) -> str:
    if char.isprintable() and char not in "\\'#":
        return char
    return "".join(f"\\x{byte:02x}" for byte in char.encode("utf-8", "surrogatepass"))


def _requests(request: Request) -> str:
    path = request.url.partition(request.account_sid)[2]
    rows = [f'        ("{name}", {_value(name, value)}),' for name, value in request.form]
    return "\n".join(
        [
            "import os",
            "",
            "import requests",
            "",
            'account = os.environ["TWILIO_ACCOUNT_SID"]',
            "answer = requests.post(",
            f'    f"{request.url.partition("/" + API_VERSION)[0]}/{API_VERSION}/Accounts/{{account}}{path}",',
            "    data=[",
            *rows,
            "    ],",
            '    auth=(account, os.environ["TWILIO_AUTH_TOKEN"]),',
            "    timeout=30,",
            ")",
            "answer.raise_for_status()",
            'print(answer.json()["sid"])',
        ]
    )


def _sdk(request: Request) -> str:
    head = [
        "import os",
        "",
        "from twilio.rest import Client",
        "",
        'client = Client(os.environ["TWILIO_ACCOUNT_SID"], os.environ["TWILIO_AUTH_TOKEN"])',
    ]
    return "\n".join([*head, "call = client.calls.create(", *_keywords(request), ")", _PRINT])


def _python(request: Request) -> str:
    head = [
        "import twilio_magic as tm",
        "",
        "client = tm.Client(credentials=tm.Credentials.find())",
    ]
    if any(name in _VARIABLE for name, _ in request.form):
        head.insert(0, "import os\n")
    return "\n".join([*head, "call = client.calls.create(", *_keywords(request), ")", _PRINT])


_PRINT = "print(call.sid)"


def _keywords(request: Request) -> Iterable[str]:
    repeated: dict[str, list[str]] = {}
    for name, value in request.form:
        repeated.setdefault(name, []).append(value)
    for name, values in repeated.items():
        row = request.operation.parameter(name)
        if row.is_list:
            written = _literal(values)
        elif row.type == "integer":
            written = values[0]
        elif row.type == "boolean" and not row.name.startswith("AsyncAmd"):
            written = str(values[0] == "true")
        else:
            written = _value(name, values[0])
        yield f"    {row.keyword}={written},"


def _value(name: str, value: str) -> str:
    return f'os.environ["{_VARIABLE[name]}"]' if name in _VARIABLE else _literal(value)


def _literal(value: str | list[str]) -> str:
    """*value* as a literal of Python: JSON's, unless some characters are invisible."""
    written = json.dumps(value, ensure_ascii=False)
    return (written if written.isprintable() else ascii(value)).replace("##[", "#\\x23[")


_WRITERS: Mapping[str, Callable[[Request], str]] = {
    "curl": _curl,
    "python": _python,
    "requests": _requests,
    "sdk": _sdk,
}
