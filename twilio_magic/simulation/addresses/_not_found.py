"""The answer at an address of Twilio's at which the simulator has nothing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any


def answer_not_found(
    environ: dict[str, Any], start_response: Any, sentence: str
) -> Iterable[bytes]:
    """Answer 404 with *sentence*, which the timeline of the call tells, too: it is the error log."""
    from werkzeug import Response

    environ["wsgi.errors"].write(f"{sentence}\n")
    return Response(sentence, 404, mimetype="text/plain")(environ, start_response)
