"""The hooks of pre-commit run what `make` installs, and say so where it has not been run."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

HOME = Path(__file__).parents[2]
CONFIG, HOOK = HOME / ".pre-commit-config.yaml", HOME / ".ci" / "hook"
ENTRIES = re.findall("entry: (.+)", CONFIG.read_text("utf-8")) if CONFIG.exists() else []

pytestmark = pytest.mark.skipif(not CONFIG.exists(), reason="an sdist has no hooks")


def test_every_hook_goes_through_the_one_that_knows_where_tools_are() -> None:
    assert {entry.split()[0] for entry in ENTRIES} == {str(HOOK.relative_to(HOME))}


@pytest.mark.parametrize("entry", ENTRIES)
def test_a_hook_in_a_fresh_clone_says_what_to_run_first(entry: str, tmp_path: Path) -> None:
    ran = run(entry, tmp_path)

    assert ran.returncode == 1
    assert f"no .venv/bin/{entry.split()[1]} in this clone" in ran.stderr
    assert "Run 'make lint' once" in ran.stderr


@pytest.mark.parametrize("entry", ENTRIES)
def test_a_hook_hands_the_files_to_the_tool(entry: str, tmp_path: Path) -> None:
    tool = tmp_path / ".venv" / "bin" / entry.split()[1]
    tool.parent.mkdir(parents=True)
    tool.write_text('#!/bin/sh\nprintf "%s\\n" "$@"\nexit 7\n', "utf-8")
    tool.chmod(0o755)

    ran = run(entry, tmp_path, "a file.py")

    assert ran.stdout.splitlines() == [*entry.split()[2:], "a file.py"]
    assert ran.returncode == 7


def run(entry: str, clone: Path, *files: str) -> subprocess.CompletedProcess[str]:
    """What a hook says of *files* in a *clone*."""
    command = [str(HOOK), *entry.split()[1:], *files]
    return subprocess.run(command, cwd=clone, check=False, capture_output=True, text=True)
