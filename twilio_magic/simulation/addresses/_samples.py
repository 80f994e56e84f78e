"""What stands at the addresses that Twilio's examples name, in our own words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ._not_found import answer_not_found
from ._tune import silent_mp3

_SECONDS = 5  # of each file of sound

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
_SMS = """\
<?xml version="1.0" encoding="UTF-8"?>
<Response>
  <Message>Hello! This answer comes from the simulator.</Message>
</Response>
"""
#: The documents by host and path, without a slash at the end.
_DOCUMENTS = {
    "demo.twilio.com": {
        "/welcome/voice": _WELCOME,
        "/docs/voice.xml": _VOICE,
        "/welcome/sms/reply": _SMS,
    },
}
#: The files of sound by host. Old samples write a capital C.
_SOUNDS = {
    "demo.twilio.com": ("/docs/classic.mp3", "/hellomonkey/monkey.mp3"),
    "api.twilio.com": ("/cowbell.mp3", "/Cowbell.mp3"),
}
SAMPLE_HOSTS = frozenset({*_DOCUMENTS, *_SOUNDS})


def answer_sample(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """Answer, as a web application, in our own words at the addresses of Twilio's examples, and nowhere else."""
    host, path = environ["SERVER_NAME"].removesuffix("."), environ["PATH_INFO"]
    documents, sounds = _DOCUMENTS.get(host, {}), _SOUNDS.get(host, ())
    document = documents.get(path.rstrip("/"))
    if path in sounds:
        content, kind = silent_mp3(_SECONDS), "audio/mpeg"
    elif document is not None:
        content, kind = document.encode(), "text/xml; charset=utf-8"
    else:
        known = ", ".join([*documents, *sounds])
        sentence = f"of {host} the simulator has only {known}"
        return answer_not_found(environ, start_response, sentence)
    start_response("200 OK", [("Content-Type", kind), ("Content-Length", str(len(content)))])
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [content]
