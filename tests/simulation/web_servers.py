"""Web applications as people write them, in processes of their own: FastAPI, Django with DEBUG, and plain Node.

Each has ``/voice``, which says hello; ``/moved``, which leads there; and ``/broken``, whose error page it shows.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

_FASTAPI = """
import socket
import uvicorn
from fastapi import FastAPI, Request, Response
from fastapi.responses import RedirectResponse

app = FastAPI(debug=True)

@app.api_route("/voice", methods=["GET", "POST"])
async def voice(request: Request) -> Response:
    return Response("<Response><Say>Hello.</Say></Response>", media_type="text/xml")

@app.post("/moved")
def moved() -> RedirectResponse:
    return RedirectResponse("/voice", 302)

@app.post("/broken")
def broken() -> None:
    raise RuntimeError("nobody is at home")

taken = socket.create_server(("127.0.0.1", 0))
print("port", taken.getsockname()[1], flush=True)
uvicorn.Server(uvicorn.Config(app, log_level="critical")).run(sockets=[taken])
"""
_DJANGO = """
import sys
from types import ModuleType
from wsgiref.simple_server import WSGIRequestHandler, make_server
import django
from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path

def broken(request):
    letters = ["x" * 3000] * 40
    raise RuntimeError("nobody is at home")

urls = sys.modules["urls"] = ModuleType("urls")
urls.urlpatterns = [
    path("voice", lambda request: HttpResponse("<Response><Say>Hello.</Say></Response>", content_type="text/xml")),
    path("moved", lambda request: HttpResponseRedirect("/voice")),
    path("broken", broken),
]
settings.configure(DEBUG=True, ROOT_URLCONF="urls", SECRET_KEY="for the test", ALLOWED_HOSTS=["*"], LOGGING_CONFIG=None)
django.setup()
from django.core.wsgi import get_wsgi_application

class Quiet(WSGIRequestHandler):
    def log_message(self, *given):
        pass

server = make_server("127.0.0.1", 0, get_wsgi_application(), handler_class=Quiet)
print("port", server.server_port, flush=True)
server.serve_forever()
"""
_NODE = """
const server = require('http').createServer((request, response) => {
  request.resume();
  request.on('end', () => {
    if (request.url === '/moved') {
      response.writeHead(302, { location: '/voice' }).end();
    } else if (request.url === '/broken') {
      response.writeHead(500, { 'content-type': 'text/html' }).end(
        '<pre>RuntimeError: nobody is at home<br> &nbsp; at /broken</pre>' + ' '.repeat(70000));
    } else {
      response.writeHead(200, { 'content-type': 'text/xml' }).end('<Response><Say>Hello.</Say></Response>');
    }
  });
});
server.listen(0, '127.0.0.1', () => console.log('port', server.address().port));
"""
#: The commands that run them; without node there is no third.
SERVERS = {
    "fastapi": [sys.executable, "-c", _FASTAPI],
    "django": [sys.executable, "-c", _DJANGO],
    **({"node": [node, "-e", _NODE]} if (node := shutil.which("node")) else {}),
}


@contextmanager
def running(name: str) -> Iterator[str]:
    """Run a server on a free port while the block runs; gives its base URL."""
    with subprocess.Popen(
        SERVERS[name], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        try:
            assert process.stdout is not None
            port = re.fullmatch(r"port (\d+)\n", process.stdout.readline())
            assert port, f"the {name} server did not start"
            yield f"http://127.0.0.1:{port[1]}"
        finally:
            process.kill()
