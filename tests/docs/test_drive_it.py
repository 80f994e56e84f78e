"""The page about driving a served world: what it shows is so, in the shell and in Node. Its table has every route."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

import twilio_magic as tm
from tests.cli.test_serve import serving
from twilio_magic.control import ROUTES, Route

from .pages import HOME, Block, blocks, text_of

PAGE = HOME / "docs" / "how-to" / "drive-it-from-another-language.md"
SAID = "http://127.0.0.1:8010"
NODE = shutil.which("node")


def has_curl() -> bool:
    """Whether curl is there, and knows --json."""
    curl = shutil.which("curl")
    asked = [curl or "", "--help", "all"]
    return bool(curl) and "--json" in subprocess.run(asked, capture_output=True, text=True).stdout  # noqa: PLW1510


def of(language: str) -> list[Block]:
    return [block for block in blocks(PAGE) if block.language == language]


@pytest.fixture
def base_url(tmp_path: Path) -> Iterator[str]:
    """The world that the page tells to serve, on a free port."""
    for name, block in zip(("menu.xml", "chosen.xml"), of("xml"), strict=True):
        tmp_path.joinpath(name).write_text(block.text, "utf-8")
    _, _, *options = shlex.split(of("sh")[0].text)
    assert options[:2] == ["--port", "8010"]
    with serving(*options[2:], cwd=tmp_path) as (_, base_url, _):
        yield base_url


@pytest.mark.skipif(not has_curl(), reason="curl is not installed, or too old for --json")
def test_the_shell_says_what_the_page_says(base_url: str, tmp_path: Path) -> None:
    first, *commands = [block.text.replace(SAID, base_url) for block in of("sh")[1:]]
    said = [json.loads(block.text) for block in of("json")]
    run(first, tmp_path)
    call = json.loads(tmp_path.joinpath("call.json").read_text("utf-8"))
    answers = [json.loads(run(command, tmp_path)) for command in commands]

    assert answers == said
    assert (call["status"], call["transcript"]) == ("completed", said[0]["transcript"])


def run(command: str, folder: Path) -> str:
    shell = [shutil.which("bash") or "bash", "-e", "-c", command]
    ran = subprocess.run(shell, capture_output=True, check=True, timeout=60, cwd=folder)
    return ran.stdout.decode()


@pytest.mark.skipif(NODE is None, reason="node is not installed")
def test_the_test_in_node_passes_and_can_fail(simulator: tm.Simulator, tmp_path: Path) -> None:
    [example] = of("js")
    assert NODE is not None
    tmp_path.joinpath("bread.test.js").write_text(example.text, "utf-8")
    wrong = example.text.replace("You chose 1.", "You chose 2.", 1)
    wrong = wrong.replace("'You chose 1.'", "'You chose 2.'")
    tmp_path.joinpath("wrong.test.js").write_text(wrong, "utf-8")
    with simulator.serve() as base_url:
        passing, failing = (
            subprocess.run(
                [NODE, "--test", str(tmp_path / name)],
                capture_output=True,
                text=True,
                timeout=120,
                check=False,
                env={**os.environ, "SIMULATOR": base_url},
            )
            for name in ("bread.test.js", "wrong.test.js")
        )

    assert passing.returncode == 0, passing.stdout
    assert failing.returncode == 1
    assert "You chose 2." in failing.stdout


def row(route: Route) -> str:
    """The row of *route* in the table."""
    fields = [
        f"{f'**`{field.name}`**' if field.required else f'`{field.name}`'}: {field.summary}"
        for field in route.fields
        if field.kind != "scripts"
    ]
    whole = [field.summary for field in route.fields if field.kind == "scripts"]
    return f"| `{route.method} {route.shown_path}` | {route.summary} | {'; '.join(fields + whole) or '–'} |"


def test_the_table_has_every_route_and_its_fields() -> None:
    """Written from the routes: where it fails, these are the rows that belong there."""
    written = [line for line in text_of(PAGE).splitlines() if line.startswith("| `")]

    assert written == [row(route) for route in ROUTES]
