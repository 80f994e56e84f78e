"""The host in Twilio's first example, so that the example runs unchanged."""

from __future__ import annotations

from typing import Any

DEMO_HOST = "https://demo.twilio.com"

_PATHS = ("/welcome/voice", "/welcome/voice/")
_WELCOME = """\
<?xml version="1.0" encoding="UTF-8"?>
<Response>
  <Say>Hello! Your first call works. This greeting comes from the simulator, and nobody was called.</Say>
  <Pause/>
  <Say>Now write some TwiML of your own. Goodbye!</Say>
</Response>
"""


def demo(environ: Any, start_response: Any) -> Any:
    """A web application with a greeting of our own at Twilio's demo URL, and nothing else."""
    from werkzeug import Response

    if environ["PATH_INFO"] in _PATHS:
        response = Response(_WELCOME, mimetype="text/xml")
    else:
        response = Response("There is only /welcome/voice/ here.", 404, mimetype="text/plain")
    return response(environ, start_response)
