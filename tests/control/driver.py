"""Drives a served world as a program of another language does: over HTTP, with JSON."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import requests

import twilio_magic as tm

CALLER, NUMBER = "+14155550100", "+12125551234"
MENU = "<Response><Gather numDigits='1' timeout='5'><Say>Press 1.</Say></Gather><Say>Bye.</Say></Response>"


@dataclass(frozen=True)
class Driver:
    """A client of the endpoints below */simulator* at *base_url*."""

    base_url: str
    headers: dict[str, str] = field(default_factory=dict)

    def ask(self, method: str, path: str, body: Any = None, **options: Any) -> requests.Response:
        url = f"{self.base_url}/simulator{path}"
        return requests.request(method, url, json=body, headers=self.headers, timeout=60, **options)

    def get(self, path: str, **query: Any) -> Any:
        return self._read(self.ask("GET", path, params=query))

    def post(self, path: str, body: Any = None) -> Any:
        return self._read(self.ask("POST", path, body))

    def put(self, path: str, body: Any) -> Any:
        return self._read(self.ask("PUT", path, body))

    def refused(self, method: str, path: str, body: Any = None, **options: Any) -> dict[str, Any]:
        """The error that is answered: its body, which repeats the HTTP status."""
        answer = self.ask(method, path, body, **options)
        told: dict[str, Any] = answer.json()
        assert answer.status_code == told["status"] >= 400
        return told

    def receive(self, **given: Any) -> Any:
        """Place an inbound call."""
        return self.post("/calls", {"from": CALLER, **given})

    @staticmethod
    def _read(answer: requests.Response) -> Any:
        assert answer.ok, answer.text
        return answer.json()


@contextmanager
def driving(simulator: tm.Simulator, **options: Any) -> Iterator[Driver]:
    """A driver of *simulator*, which is served meanwhile, with MENU at its number."""
    simulator.numbers[NUMBER].voice_url = simulator.host(MENU)
    with simulator.serve(**options) as base_url:
        yield Driver(base_url)
