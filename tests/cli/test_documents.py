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


@pytest.mark.parametrize("size", [65_536, 65_537, 150_001])
def test_a_long_file_is_read_to_its_end(
    folder: Path, capsys: pytest.CaptureFixture[str], size: int
) -> None:
    (folder / "good.twiml").write_text(GOOD.ljust(size))

    main(["check", "good.twiml"])

    told = capsys.readouterr().out
    assert (f"{size:,} bytes" in told) == (size > 65_536)


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

    if (
        command != ["call", "+1310", "--twiml"] and name == "."
    ):  # a folder, whose documents are meant
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
@pytest.mark.parametrize(
    ("first", "told"),
    [
        (b"", "Waiting on {} for a document …"),
        (GOOD[:10].encode(), "Waiting on {} for its end: 10 bytes so far …"),
    ],
    ids=["says nothing", "says a part"],
)
@pytest.mark.parametrize("name", ["-", "/dev/fd/{}"])
def test_who_waits_for_the_end_of_a_pipe_is_told_so(
    monkeypatch: pytest.MonkeyPatch, name: str, first: bytes, told: str
) -> None:
    """Somebody writes the rest as soon as the command has told that it waits."""
    waiting: list[str] = []
    reads, writes = os.pipe()
    os.write(writes, first)

    def write(text: str, **_: object) -> None:
        if text.startswith("Waiting"):
            waiting.append(text)
            os.write(writes, GOOD.encode()[len(first) :])
            os.close(writes)

    monkeypatch.setattr("twilio_magic.cli._documents._PATIENCE", 0.05)
    monkeypatch.setattr("twilio_magic.cli._documents.print_text", write)
    with os.fdopen(reads, encoding="utf-8") as pipe:
        monkeypatch.setattr(sys, "stdin", pipe)
        assert main(["check", name.format(reads)]) == 0

    assert waiting == [told.format("standard input" if name == "-" else name.format(reads))]


def test_a_closed_standard_input_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", None)

    assert main(["check", "-"]) == 2
    assert "-: standard input is closed" in capsys.readouterr().err


@HAS_PIPES
def test_a_folder_of_dialogs_is_read_without_what_is_no_file(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "good.dialog").write_text(f'twiml: {GOOD}\ndialog "hello"\n  hear "Hello."\n')
    os.mkfifo(folder / "pipe.dialog")
    (folder / "device.dialog").symlink_to("/dev/zero")

    assert main(["test", "."]) == 0
    assert "1 dialog" in capsys.readouterr().out


@HAS_PIPES
@pytest.mark.parametrize(
    "command",
    [
        ["test", "it.dialog"],
        ["explore", "it.dialog"],
        ["call", "+13105555555", "--from", "+12125551234", "--twiml", "it.dialog"],
        ["test", "names-it.dialog"],
    ],
)
@pytest.mark.parametrize("is_pipe", [True, False], ids=["pipe", "device"])
def test_every_command_that_reads_files_refuses_one_without_end(
    folder: Path, capsys: pytest.CaptureFixture[str], command: list[str], is_pipe: bool
) -> None:
    if is_pipe:
        os.mkfifo(folder / "it.dialog")
    else:
        (folder / "it.dialog").symlink_to("/dev/zero")
    (folder / "names-it.dialog").write_text('app: it.dialog\ndialog "hello"\n  hear "Hello."\n')

    assert main(command) != 0
    printed = capsys.readouterr()
    assert "no file but a pipe or a device" in printed.out + printed.err


@pytest.mark.parametrize(
    "command",
    ["call", "check", "demo", "explore", "format", "learn", "load", "serve", "simulate", "test"],
)
def test_the_help_of_a_command_has_examples_above_its_options(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main([command, "--help"])
    told = capsys.readouterr().out

    assert f"\n  twilio-magic {command}" in told.partition("options:")[0]
