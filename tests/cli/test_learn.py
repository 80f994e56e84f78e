"""``twilio-magic learn``: a copy of the tutorials that is the learner's own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbformat.sign import NotebookNotary

from tests.browser.lab import running_lab
from tests.docs.pages import HOME, links
from tests.notebooks.refresh import executed, paths, tidy
from twilio_magic.cli import main

FIRST = "00-first-call.ipynb"
OWN = "the learner's own words"


@pytest.fixture(autouse=True)
def _own_jupyter(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What Jupyter trusts is remembered with the test."""
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "jupyter"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the copy is to be; it is made."""
    return tmp_path / "my tutorials"


def learn(folder: Path, *options: str) -> None:
    assert main(["learn", str(folder), "--no-open", *options]) == 0


def test_every_notebook_is_copied_with_what_it_needs(folder: Path) -> None:
    learn(folder)

    assert [path.name for path in sorted(folder.glob("*.ipynb"))] == [one.name for one in paths()]
    beside = [path.name for path in (HOME / "notebooks" / "own-application").glob("*.*")]
    assert sorted(path.name for path in (folder / "own-application").iterdir()) == sorted(beside)


def test_every_link_leads_on_in_the_copy(folder: Path) -> None:
    learn(folder)
    pages = [*folder.rglob("*.ipynb"), *folder.rglob("*.md")]
    targets = {
        (page, page.parent / link.partition("#")[0]) for page in pages for link in links(page)
    }

    assert len(targets) > 100
    assert [(page, target) for page, target in targets if not target.exists()] == []
    assert all(target.resolve().is_relative_to(folder.resolve()) for _, target in targets)


@pytest.mark.filterwarnings("ignore::DeprecationWarning:jupyter_client")
def test_a_notebook_of_the_copy_runs_there(folder: Path) -> None:
    """The one that calls an application beside it."""
    learn(folder)
    (copy,) = folder.glob("11-*.ipynb")

    assert tidy(executed(copy)) == nbformat.read(copy, as_version=4)


def test_what_a_learner_wrote_stays(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    learn(folder)
    (folder / FIRST).write_text(OWN, "utf-8")
    capsys.readouterr()
    learn(folder)
    told = capsys.readouterr().out

    assert (folder / FIRST).read_text("utf-8") == OWN
    assert f"Kept as you left them: {FIRST}." in told
    assert "rename yours, and run this again" in told


def test_a_notebook_that_was_renamed_comes_anew(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    learn(folder)
    (folder / FIRST).rename(folder / "mine.ipynb")
    capsys.readouterr()
    learn(folder)

    assert (folder / FIRST).read_bytes() == (folder / "mine.ipynb").read_bytes()
    assert "1 notebook copied" in capsys.readouterr().out


def test_nothing_is_written_through_a_link(folder: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere.ipynb"
    folder.mkdir()
    (folder / FIRST).symlink_to(elsewhere)
    learn(folder)

    assert not elsewhere.exists()


def test_what_is_copied_is_trusted_and_what_a_learner_was_given_is_not(folder: Path) -> None:
    folder.mkdir()
    nbformat.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1")]), folder / FIRST)
    learn(folder)
    notary = NotebookNotary()
    trusted = [
        path.name
        for path in sorted(folder.glob("*.ipynb"))
        if notary.check_signature(nbformat.read(path, as_version=4))
    ]

    assert trusted == [path.name for path in paths() if path.name != FIRST]


def test_a_folder_that_cannot_be_one_is_told_with_the_next_step(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder.write_text(OWN, "utf-8")

    assert main(["learn", str(folder)]) == 1
    told = " ".join(capsys.readouterr().err.split())
    assert "cannot be written into" in told
    assert "twilio-magic learn FOLDER" in told


def test_where_no_jupyterlab_is_it_says_what_to_install(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "jupyterlab", None)

    assert main(["learn", str(folder)]) == 0
    assert 'pip install "twilio-magic[agents,lab,mp3,phone]"' in capsys.readouterr().out
    assert (folder / FIRST).exists()


def test_it_opens_the_first_notebook_in_jupyterlab(folder: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "twilio_magic", "learn", str(folder)]
    with running_lab(tmp_path, command=command) as lab:
        opened, _ = lab.fetch("")
        _, files = lab.fetch("api/contents/")

    assert opened.endswith(f"/lab/tree/{FIRST}")
    assert FIRST in files


@pytest.mark.skipif(not (HOME / ".git").exists(), reason="an sdist is no clone")
def test_learning_in_a_clone_leaves_git_as_it_was() -> None:
    """The folder that is taken when none is named is none of the clone's."""
    asked = subprocess.run(
        ["git", "check-ignore", f"twilio-magic-tutorials/{FIRST}"],  # noqa: S607 - whichever there is
        cwd=HOME,
        check=False,
        capture_output=True,
    )

    assert asked.returncode == 0
