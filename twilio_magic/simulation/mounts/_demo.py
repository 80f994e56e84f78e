"""The host in Twilio's first examples, so that they run unchanged: documents and a tune of our own."""

from __future__ import annotations

from typing import Any

DEMO_HOSTS = ("https://demo.twilio.com", "http://demo.twilio.com")

_WELCOME = """\
<?xml version="1.0" encoding="UTF-8"?>
<Response>
  <Say>Hello! Your first call works. This greeting comes from the simulator, and nobody was called.</Say>
  <Pause/>
  <Say>Now write some TwiML of your own. Goodbye!</Say>
</Response>
"""
_VOICE = """\
<?xml version="1.0" encoding="UTF-8"?>
<Response>
  <Say>Hello! This document comes from the simulator. Next it plays a file.</Say>
  <Play>http://demo.twilio.com/docs/classic.mp3</Play>
</Response>
"""
_DOCUMENTS = {
    "/welcome/voice": _WELCOME,
    "/welcome/voice/": _WELCOME,
    "/docs/voice.xml": _VOICE,
}
_TUNE = "/docs/classic.mp3"
_FRAMES = 192  # of 1152 samples at 44.1 kHz: five seconds
#: A frame of MPEG-1, layer III, 128 kbit/s, 44.1 kHz, whose content is nothing but silence.
_SILENT_FRAME = bytes([0xFF, 0xFB, 0x90, 0x00]).ljust(417, b"\0")


def demo(environ: Any, start_response: Any) -> Any:
    """A web application with our own answers at the addresses of Twilio's examples, and nothing else."""
    from werkzeug import Response

    path = environ["PATH_INFO"]
    if path == _TUNE:
        response = Response(_SILENT_FRAME * _FRAMES, mimetype="audio/mpeg")
    elif path in _DOCUMENTS:
        response = Response(_DOCUMENTS[path], mimetype="text/xml")
    else:
        known = ", ".join([*_DOCUMENTS, _TUNE])
        response = Response(f"There is only {known} here.", 404, mimetype="text/plain")
    return response(environ, start_response)
