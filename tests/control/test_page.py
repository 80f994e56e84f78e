"""The page of a served world: what the server sends, and what it lets a browser do. ``tests/browser`` looks at it."""

from __future__ import annotations

import re

import pytest
import requests

from .driver import Driver

FILES = {
    "": "text/html",
    "page.css": "text/css",
    "page.js": "text/javascript",
    "calls.js": "text/javascript",
    "server.js": "text/javascript",
    "icon.svg": "image/svg+xml",
}


def fetch(driver: Driver, name: str) -> requests.Response:
    return driver.ask("GET", f"/{name}")


@pytest.mark.parametrize("name", FILES)
def test_the_page_and_its_files_are_sent_as_what_they_are(driver: Driver, name: str) -> None:
    answer = fetch(driver, name)

    assert answer.status_code == 200
    assert answer.headers["Content-Type"].partition(";")[0] == FILES[name]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_the_page_runs_and_loads_nothing_but_its_own_files(driver: Driver) -> None:
    answer = fetch(driver, "")
    policy = dict(
        part.strip().split(" ", 1) for part in answer.headers["Content-Security-Policy"].split(";")
    )
    named = set(re.findall(r'(?:src|href)="([^"#]+)"', answer.text))

    assert (policy["default-src"], policy["script-src"]) == ("'none'", "'self'")
    assert policy["connect-src"] == policy["style-src"] == "'self'"
    assert policy["frame-ancestors"] == policy["base-uri"] == policy["form-action"] == "'none'"
    assert named <= FILES.keys()
    assert not re.search(r"<style|style=|\son\w+=|<script(?! type=\"module\" src)", answer.text)


def test_the_address_without_a_slash_leads_to_the_page(driver: Driver) -> None:
    answer = driver.ask("GET", "", allow_redirects=False)

    assert (answer.status_code, answer.headers["Location"]) == (308, "/simulator/")


def test_the_page_is_sent_without_a_token_and_says_nothing_of_the_world(driver: Driver) -> None:
    driver.receive(wait=True)

    assert "+12125551234" not in re.sub(r'placeholder="[^"]*"', "", fetch(driver, "").text)
