"""``twilio-magic format``: which files it changes, what it says, and its exit status."""

from __future__ import annotations

import errno
import io
import os
import sys
from pathlib import Path

import pytest

from twilio_magic.cli import main

CRAMPED = "<Response><Say>Hello.</Say></Response>"
LAID_OUT = "<Response>\n  <Say>Hello.</Say>\n</Response>\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "cramped.twiml").write_text(CRAMPED)
    (tmp_path / "laid-out.twiml").write_text(LAID_OUT)
    return tmp_path


def test_what_is_not_laid_out_is_changed_and_named(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["format", "."]) == 0

    assert (folder / "cramped.twiml").read_text() == LAID_OUT
    assert capsys.readouterr().err == "changed cramped.twiml\n1 document is laid out.\n"
    assert main(["format", "."]) == 0
    assert capsys.readouterr().err == "2 documents are laid out.\n"


@pytest.mark.parametrize("option", ["--check", "--diff"])
def test_a_dry_run_changes_nothing_and_fails_where_something_would_change(
    folder: Path, capsys: pytest.CaptureFixture[str], option: str
) -> None:
    assert main(["format", option, "cramped.twiml"]) == 1
    assert main(["format", option, "laid-out.twiml"]) == 0

    assert (folder / "cramped.twiml").read_text() == CRAMPED
    said = capsys.readouterr()
    assert "would change cramped.twiml" in said.err
    assert ("+  <Say>Hello.</Say>" in said.out) == (option == "--diff")


def test_xml_that_is_no_twiml_is_never_changed(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "pom.xml").write_text("<project><a/></project>")

    assert main(["format", "."]) == 0
    assert main(["format", "pom.xml"]) == 2

    assert (folder / "pom.xml").read_text() == "<project><a/></project>"
    assert "pom.xml: it is no TwiML: its outermost element is <project>" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"<Response><Say></Response>", "bad.twiml:1:16 this is not well-formed XML"),
        ("<Response>é</Response>".encode("latin-1"), "bad.twiml: this is no text in UTF-8"),
    ],
)
def test_what_cannot_be_laid_out_is_told_and_left_and_the_others_are_laid_out(
    folder: Path, capsys: pytest.CaptureFixture[str], content: bytes, told: str
) -> None:
    (folder / "bad.twiml").write_bytes(content)

    assert main(["format", "bad.twiml", "absent.twiml", "cramped.twiml"]) == 2

    assert (folder / "bad.twiml").read_bytes() == content
    assert (folder / "cramped.twiml").read_text() == LAID_OUT
    said = capsys.readouterr().err
    assert told in said
    assert "absent.twiml: there is no such file" in said


def test_a_file_that_cannot_be_written_is_told_and_the_others_are_laid_out(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "full.twiml").write_text(CRAMPED)
    write = Path.write_bytes

    def write_unless_full(path: Path, content: bytes) -> int:
        if path.name == "full.twiml":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return write(path, content)

    monkeypatch.setattr(Path, "write_bytes", write_unless_full)

    assert main(["format", "full.twiml", "cramped.twiml"]) == 2

    assert (folder / "cramped.twiml").read_text() == LAID_OUT
    said = capsys.readouterr().err
    assert said == "full.twiml cannot be written: No space left on device\nchanged cramped.twiml\n"


def test_a_byte_order_mark_and_line_ends_of_windows_stay(folder: Path) -> None:
    (folder / "windows.twiml").write_bytes(
        b"\xef\xbb\xbf<Response>\r\n<Say>Hello.</Say></Response>"
    )

    assert main(["format", "windows.twiml"]) == 0

    expected = b"\xef\xbb\xbf" + LAID_OUT.replace("\n", "\r\n").encode()
    assert (folder / "windows.twiml").read_bytes() == expected


def test_standard_input_goes_to_standard_output(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(CRAMPED.encode())))

    assert main(["format", "-"]) == 0

    assert capsys.readouterr() == (LAID_OUT, "")
