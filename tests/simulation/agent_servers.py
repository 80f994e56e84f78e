"""The voice agent of ``agent_applications.py`` in processes of their own, and one for Node's package ws."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .agent_applications import FIRST, SECOND

_NODE = f"""
const {{ WebSocketServer }} = require('ws');
const server = new WebSocketServer({{ host: '127.0.0.1', port: 0 }}, () => console.log('port', server.address().port));
server.on('connection', (connection) => {{
  connection.on('message', (data) => {{
    const message = JSON.parse(data);
    if (message.type === 'prompt' && message.last) {{
      connection.send(JSON.stringify({{ type: 'text', token: {FIRST!r}, last: false }}));
      setImmediate(() => connection.send(JSON.stringify({{ type: 'text', token: {SECOND!r}, last: true }})));
    }}
  }});
}});
"""
_TESTS = Path(__file__).parents[2]
#: `make test` installs the package ws beside the interpreter; another place that node knows will do as well.
_PLACES = {**os.environ, "NODE_PATH": str(Path(sys.prefix) / "npm" / "node_modules")}


def _has_ws() -> bool:
    node = shutil.which("node")
    find = [node or "node", "-e", "require.resolve('ws')"]
    if node is None:
        return False
    return not subprocess.run(find, capture_output=True, check=False, env=_PLACES).returncode


def _python(function: str) -> list[str]:
    return [
        sys.executable,
        "-c",
        f"from tests.simulation.agent_applications import {function} as serve; serve()",
    ]


#: The commands that run the servers; without node and its package there is no fourth.
SERVERS = {
    "websockets": _python("serve_websockets"),
    "fastapi": _python("serve_fastapi"),
    "flask-sock": _python("serve_flask_sock"),
    **({"node": ["node", "-e", _NODE]} if _has_ws() else {}),
}


@contextmanager
def running(*command: str) -> Iterator[str]:
    """Run a server on a free port while the block runs; gives its base URL."""
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=_PLACES,
        cwd=_TESTS,
    ) as process:
        try:
            assert process.stdout is not None
            port = re.fullmatch(r"port (\d+)\n", process.stdout.readline())
            assert port, "the server did not start"
            yield f"http://127.0.0.1:{port[1]}"
        finally:
            process.kill()
