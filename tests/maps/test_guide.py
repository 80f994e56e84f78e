"""The guide on the map shows what the commands in it say, and its dialogs cover what they are said to."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.docs.pages import HOME, blocks

GUIDE = HOME / "docs" / "how-to" / "map-an-ivr.md"


def shown(language: str) -> list[str]:
    return [block.text for block in blocks(GUIDE) if block.language == language]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    tmp_path.joinpath("ivr.py").write_text(shown("python")[0], "utf-8")
    tmp_path.joinpath("ivr.dialog").write_text(shown("text")[1], "utf-8")
    return tmp_path


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "twilio_magic", *words]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_the_guide_shows_the_map_of_its_application(folder: Path) -> None:
    ran = run(folder, "explore", "ivr:create_app()")

    assert ran.stdout.strip() == shown("text")[0].strip()
    assert ran.returncode == 0


def test_the_guide_shows_what_its_dialogs_have_covered(folder: Path) -> None:
    ran = run(folder, "test", "ivr.dialog", "--coverage")

    assert ran.stdout.strip() == shown("text")[2].strip()


def test_with_what_is_missing_nothing_is(folder: Path) -> None:
    run(folder, "test", "ivr.dialog", "--coverage-file", "more.dialog")

    ran = run(folder, "test", "ivr.dialog", "more.dialog", "--fail-under", "100")

    assert ran.returncode == 0, ran.stdout
    assert "): 100 %" in ran.stdout or " 100 % (" in ran.stdout
