"""Servers that are measured side by side, each in a process of its own, and the thin client that asks them.

`make bench PEERS=1` installs the peers in a folder of their own. Prism answers from an OpenAPI description and moto
simulates another provider's API; neither of them runs TwiML.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
from base64 import b64encode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from http.client import HTTPConnection
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from time import monotonic, perf_counter, sleep
from urllib.parse import urlencode

import twilio_magic as tm

from .environment import environment

#: Where the peers are, in their folder.
_PRISM, _MOTO = "npm/node_modules/.bin/prism", "python"
_REQUESTS = 160  # in one turn, by all clients together
_PATIENCE = 60.0  # seconds until a server answers
_TYPE = {"Content-Type": "application/x-www-form-urlencoded"}
_CREDENTIALS = tm.Simulator().credentials
_CALLS = f"/2010-04-01/Accounts/{_CREDENTIALS.account_sid}/Calls.json"
_CALL = {"To": "+13105555555", "From": "+12125551234", "Twiml": "<Response><Hangup/></Response>"}
_WORDS = {"type": "string"}
#: What Prism needs to know of the request, and the fields of its answer.
_DESCRIPTION = {
    "openapi": "3.0.1",
    "info": {"title": "Calls", "version": "1"},
    "paths": {
        _CALLS: {
            "post": {
                "requestBody": {
                    "content": {
                        _TYPE["Content-Type"]: {
                            "schema": {
                                "type": "object",
                                "properties": dict.fromkeys(_CALL, _WORDS),
                                "required": ["To", "From"],
                            }
                        }
                    }
                },
                "responses": {
                    "201": {
                        "description": "Created",
                        "content": {
                            "application/json": {
                                "schema": {
                                    "type": "object",
                                    "properties": {
                                        f"field_{number}": {**_WORDS, "example": "a usual value"}
                                        for number in range(25)
                                    },
                                }
                            }
                        },
                    }
                },
            }
        }
    },
}


@dataclass
class Server:
    """A server in a process, and the request that it answers."""

    process: subprocess.Popen[bytes]
    folder: TemporaryDirectory[str]
    port: int
    path: str
    form: Mapping[str, str]
    headers: Mapping[str, str]

    def seconds_of_request(self, clients: int) -> float:
        """The seconds that a request takes while so many clients ask, each one request after the other."""
        threads = [Thread(target=self._ask, args=(_REQUESTS // clients,)) for _ in range(clients)]
        begin = perf_counter()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return (perf_counter() - begin) / (_REQUESTS // clients * clients)

    def wait(self) -> None:
        """Wait until it answers."""
        end = monotonic() + _PATIENCE
        while True:
            try:
                self._ask(1)
            except OSError:
                if monotonic() > end or self.process.poll() is not None:
                    raise
                sleep(0.1)
            else:
                return

    def stop(self) -> None:
        """End the process."""
        self.process.terminate()
        self.process.wait()
        self.folder.cleanup()

    def _ask(self, times: int) -> None:
        """Ask with one connection, which is made anew if the server closes it."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=_PATIENCE)
        body = urlencode(self.form)
        for _ in range(times):
            connection.request("POST", self.path, body, dict(self.headers))
            answer = connection.getresponse()
            answer.read()
            if not 200 <= answer.status < 300:
                raise SystemExit(f"port {self.port} answers {answer.status}: {self.path}")
        connection.close()


def start_ours() -> Server:
    """Start our own server."""
    return _start(
        lambda port, _: [sys.executable, "-m", f"{__package__}.probe_serve", str(port)],
        _CALLS,
        _CALL,
        _authorization(),
    )


def installed(folder: Path) -> Mapping[str, Callable[[], Server]]:
    """How to start each of the peers that are installed in *folder*, by its name."""
    found: dict[str, Callable[[], Server]] = {}
    if (folder / _PRISM).exists() and shutil.which("node"):
        found["Prism"] = partial(_start_prism, folder / _PRISM)
    if (folder / _MOTO / "moto").exists():
        found["moto"] = partial(_start_moto, folder / _MOTO)
    return found


def _start_prism(program: Path) -> Server:
    def command(port: int, folder: Path) -> Sequence[str]:
        description = folder / "calls.json"
        description.write_text(json.dumps(_DESCRIPTION), "utf-8")
        return [str(program), "mock", "--port", str(port), str(description)]

    return _start(command, _CALLS, _CALL, _authorization())


def _start_moto(library: Path) -> Server:
    def command(port: int, _: Path) -> Sequence[str]:
        return [sys.executable, "-m", "moto.server", "--port", str(port)]

    signed = "AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/sns/aws4_request, SignedHeaders=host, Signature=a"
    form = {"Action": "CreateTopic", "Name": "calls", "Version": "2010-03-31"}
    return _start(command, "/", form, {"Authorization": signed}, path=str(library))


def _start(
    command: Callable[[int, Path], Sequence[str]],
    asked: str,
    form: Mapping[str, str],
    headers: Mapping[str, str],
    *,
    path: str = "",
) -> Server:
    """Start a server on a free port, with *path* first where modules are looked for, and wait for its first answer."""
    folder = TemporaryDirectory()
    port = _free_port()
    environ = dict(environment(Path(folder.name) / "compiled"))
    environ["PYTHONPATH"] = os.pathsep.join([path, environ.get("PYTHONPATH", "")]).strip(os.pathsep)
    process = subprocess.Popen(  # noqa: S603 - what the developer has installed
        [*command(port, Path(folder.name))],
        env=environ,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    server = Server(process, folder, port, asked, form, {**_TYPE, **headers})
    try:
        server.wait()
    except BaseException:
        server.stop()
        raise
    return server


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _authorization() -> Mapping[str, str]:
    pair = f"{_CREDENTIALS.account_sid}:{_CREDENTIALS.password.reveal()}"
    return {"Authorization": f"Basic {b64encode(pair.encode()).decode()}"}
