"""The page that PyPI shows: the README, whose links lead somewhere from there, too."""

from __future__ import annotations

import os
import re
import subprocess
import sys

from tests.docs.pages import HOME, blocks, links_in

README = HOME / "README.md"
PLACE = {
    "GITHUB_SERVER_URL": "https://git.example.com",
    "GITHUB_REPOSITORY": "someone/phones",
    "GITHUB_REF_NAME": "v1.2.3",
}


def description(**place: str) -> str:
    """The long description that a build gives to its archives, where its variables tell *place*."""
    elsewhere = {name: value for name, value in os.environ.items() if name not in PLACE}
    told = subprocess.run(
        [sys.executable, "-m", "hatchling", "metadata", "readme"],
        check=True,
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=HOME,
        env={**elsewhere, "PYTHONUTF8": "1", **place},
    )
    return told.stdout.rstrip("\n") + "\n"


def test_where_the_address_is_known_no_link_leads_to_a_file_beside_the_page() -> None:
    assert list(links_in(README.read_text("utf-8")))
    assert list(links_in(description(**PLACE))) == []


def test_links_lead_to_the_files_as_they_are_in_the_release() -> None:
    """A page for who reads, the file itself for a picture."""
    text = description(**PLACE)
    addressed = re.findall(r"\(https://git.example.com/someone/phones/(\w+)/v1.2.3/([^)]+)\)", text)

    assert [path for _, path in addressed] == list(links_in(README.read_text("utf-8")))
    assert {path for kind, path in addressed if kind == "raw"} == {
        "docs/images/first-call.png",
        "docs/images/softphone-and-ladder.webp",
    }
    assert {path for _, path in addressed if not (HOME / path).exists()} == set()


def test_code_stays_as_it_is() -> None:
    text = description(**PLACE)

    assert all(block.text in text for block in blocks(README))


def test_without_an_address_the_description_is_the_readme() -> None:
    assert description() == README.read_text("utf-8")
