"""What is sent to the endpoints is JSON, small, and an object."""

from __future__ import annotations

import pytest
import requests

from .driver import Driver


def send(driver: Driver, body: bytes, kind: str = "application/json") -> requests.Response:
    url = f"{driver.base_url}/simulator/calls"
    return requests.post(url, body, headers={"Content-Type": kind}, timeout=60)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"[]", 400),
        (b"null", 400),
        (b'"text"', 400),
        (b"{", 400),
        (b"\xff", 400),
        (b'{"from": NaN}', 400),
        (b"[" * 60_000, 400),
        (b'{"a":' * 15_000, 400),
        (b" " * 200_000, 413),
        (b" " * 2_000_000, 413),
    ],
)
def test_anything_else_is_refused_with_a_reason(driver: Driver, body: bytes, status: int) -> None:
    answer = send(driver, body)

    assert answer.status_code == status
    assert answer.json()["message"]


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"]
)
def test_a_form_is_no_json(driver: Driver, kind: str) -> None:
    """A page in a browser can send forms to other sites, and no JSON."""
    answer = send(driver, b'{"from": "+14155550100"}', kind)

    assert answer.status_code == 415
    assert "--json" in answer.json()["hint"]


@pytest.mark.parametrize("limit", ["0", "-1", "x", "1001", "٣", "1e2", ""])
def test_a_limit_is_a_number(driver: Driver, limit: str) -> None:
    assert driver.refused("GET", "/calls", params={"limit": limit})["field"] == "limit"


def test_answers_are_kept_by_nobody_and_are_nothing_but_data(driver: Driver) -> None:
    headers = driver.ask("GET", "/health").headers

    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"].startswith("default-src 'none'")
