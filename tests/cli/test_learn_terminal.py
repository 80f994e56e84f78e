"""A terminal in the JupyterLab that ``twilio-magic learn`` opens."""

from __future__ import annotations

import json
import socket
import sys
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import HTTPCookieProcessor, ProxyHandler, Request, build_opener

from websockets.sync.client import connect

from tests.browser.lab import Lab, running_lab

_END = "the end"


def new_terminal(lab: Lab) -> str:
    """Open a terminal as the page does; the address at which it is typed into."""
    cookies = CookieJar()
    opener = build_opener(ProxyHandler({}), HTTPCookieProcessor(cookies))
    with opener.open(f"{lab.url}/lab", timeout=60):
        token = next(each.value for each in cookies if each.name == "_xsrf")
    asked = Request(f"{lab.url}/api/terminals", b"{}", {"X-XSRFToken": str(token)})  # noqa: S310
    with opener.open(asked, timeout=60) as answer:
        name = json.load(answer)["name"]
    return f"{lab.url.replace('http', 'ws', 1)}/terminals/websocket/{name}"


def said_to(lab: Lab, *commands: str) -> str:
    """What a new terminal says until it has run all *commands*."""
    typed = "; ".join([*commands, "echo 'the' 'end'"])
    said = ""
    address = new_terminal(lab)
    at = urlsplit(address)
    with (
        socket.create_connection((at.hostname, at.port)) as line,  # whatever the proxy is
        connect(address, sock=line) as terminal,
    ):
        terminal.send(json.dumps(["stdin", f"{typed}\r"]))
        while _END not in said:
            kind, *words = json.loads(terminal.recv(timeout=60))
            said += words[0] if kind == "stdout" else ""
    return said


def test_a_terminal_there_knows_our_command_and_stands_in_the_folder(tmp_path: Path) -> None:
    folder = tmp_path / "my tutorials"
    command = [sys.executable, "-m", "twilio_magic", "learn", str(folder)]
    with running_lab(tmp_path, command=command) as lab:
        lines = said_to(lab, "command -v twilio-magic", "pwd -P").splitlines()

    assert str(Path(sys.executable).with_name("twilio-magic")) in lines
    assert str(folder.resolve()) in lines
