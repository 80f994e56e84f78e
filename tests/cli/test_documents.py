"""Where ``twilio-magic`` reads documents from: files and folders, standard input, and what has no end."""

from __future__ import annotations

import io
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.waiting import SECONDS
from twilio_magic.cli import main

GOOD = "<Response><Say>Hello.</Say><Hangup/></Response>"
HAS_PIPES = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no such files here")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "good.twiml").write_text(GOOD)
    return tmp_path


@HAS_PIPES
def test_a_folder_is_checked_without_what_is_no_file(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    os.mkfifo(folder / "pipe.twiml")
    (folder / "folder.xml").mkdir()
    (folder / "device.xml").symlink_to("/dev/zero")
    (folder / "loop.xml").symlink_to("loop.xml")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("socket.xml")

        assert main(["check", "."]) == 0

    assert capsys.readouterr().out == "1 document checked: nothing wrong.\n"


@HAS_PIPES
@pytest.mark.parametrize("command", ["check", "simulate"])
@pytest.mark.parametrize("kind", ["pipe", "socket", "device"])
def test_what_is_no_file_is_refused_by_its_name(
    folder: Path, capsys: pytest.CaptureFixture[str], command: str, kind: str
) -> None:
    name = "/dev/zero" if kind == "device" else "it.twiml"
    with socket.socket(socket.AF_UNIX) as listener:
        if kind == "pipe":
            os.mkfifo(folder / name)
        elif kind == "socket":
            listener.bind(name)

        assert main([command, name]) == 2

    told = capsys.readouterr().err
    assert told.startswith(f"{name}: ")
    assert kind == "socket" or "name a file, or - for standard input" in told


@pytest.mark.parametrize(
    "name", ["a" * 5000, "a\0b", ".", "good.twiml/x"], ids=["long", "NUL", "folder", "below"]
)
@pytest.mark.parametrize("command", [["check"], ["simulate"], ["call", "+1310", "--twiml"]])
def test_a_name_that_cannot_be_one_is_told(
    folder: Path, capsys: pytest.CaptureFixture[str], command: list[str], name: str
) -> None:
    status = main([*command, name])

    if command == ["check"] and name == ".":
        assert status == 0
    else:
        assert status in (1, 2)
        assert name[:1] in capsys.readouterr().err


def test_a_stream_without_end_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    checking = [sys.executable, "-m", "twilio_magic", "check", "-"]
    with Path("/dev/zero").open("rb") as endless:
        done = subprocess.run(
            checking, stdin=endless, capture_output=True, check=False, timeout=SECONDS
        )

    assert done.returncode == 2
    assert b"-: it has more than 16 MB, which is no TwiML document" in done.stderr


def test_a_pipe_of_the_shell_is_read(folder: Path) -> None:
    reads, writes = os.pipe()
    os.write(writes, GOOD.encode())
    os.close(writes)
    try:
        assert main(["check", f"/dev/fd/{reads}"]) == 0
    finally:
        os.close(reads)


class Keyboard(io.TextIOWrapper):
    """Standard input at a terminal."""

    def isatty(self) -> bool:
        return True


def test_a_person_is_told_that_the_command_waits_for_them(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", Keyboard(io.BytesIO(GOOD.encode())))

    assert main(["check", "-"]) == 0
    assert "from the keyboard; Ctrl-D ends it" in capsys.readouterr().err


@HAS_PIPES
def test_a_pipe_that_says_nothing_is_waited_for_with_a_word(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Somebody writes a document as soon as the command has told that it waits."""
    told: list[str] = []
    reads, writes = os.pipe()

    def write(text: str, **_: object) -> None:
        told.append(text)
        os.write(writes, GOOD.encode())
        os.close(writes)

    monkeypatch.setattr("twilio_magic.cli._documents._SILENCE", 0.05)
    monkeypatch.setattr("twilio_magic.cli._documents.print_text", write)
    with os.fdopen(reads, encoding="utf-8") as pipe:
        monkeypatch.setattr(sys, "stdin", pipe)
        assert main(["check", "-"]) == 0

    assert told == ["Waiting for the document on standard input …"]
