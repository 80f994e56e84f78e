"""Audio files that an application serves, and what is asked of it."""

from __future__ import annotations

import wave
from dataclasses import dataclass, field
from io import BytesIO

from flask import Flask, Response, abort, request

import twilio_magic as tm
from twilio_magic import mulaw

BASE = "https://files.example.com"


def wav(seconds: float, rate: int = 8000) -> bytes:
    """A silent WAV file, written by the standard library."""
    file = BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setparams((1, 2, rate, 0, "NONE", ""))
        sound.writeframes(bytes(2 * round(seconds * rate)))
    return file.getvalue()


def hum(seconds: float) -> bytes:
    """A WAV file with a tone of 500 Hz."""
    return mulaw.to_wav((b"\xa0" * 8 + b"\x20" * 8) * round(seconds * 500))


@dataclass
class Files:
    """What is served below BASE, content and type by path, and *asked*: the method and path of each request."""

    served: dict[str, tuple[bytes, str]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def __setitem__(self, path: str, file: tuple[bytes, str]) -> None:
        self.served[path] = file

    def mount(self, simulator: tm.Simulator) -> None:
        app = Flask("files")

        @app.route("/<path:name>", methods=["GET", "POST"])
        def serve(name: str) -> Response:
            self.asked.append(f"{request.method} {name}")
            if name not in self.served:
                abort(404)
            data, kind = self.served[name]
            return Response(data, content_type=kind)

        simulator.mount(BASE, app)
