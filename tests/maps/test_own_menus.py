"""The menus of our own notebooks and guides are explored without a false alarm."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from flask import Flask, request

import twilio_magic as tm

ROOT = Path(__file__).parents[2]
GUIDE = ROOT / "docs" / "how-to" / "test-an-ivr-in-ci.md"
NOTEBOOKS = ROOT / "notebooks"


def code_of(notebook: str, word: str) -> str:
    """The first cell of a notebook with *word* in it, without magics."""
    cells = json.loads((NOTEBOOKS / f"{notebook}.ipynb").read_text("utf-8"))["cells"]
    sources = ("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
    cell = next(source for source in sources if word in source)
    return "\n".join(line for line in cell.splitlines() if not line.startswith("%"))


def run(code: str) -> dict[str, object]:
    names: dict[str, object] = {"__name__": __name__}
    exec(code, names)  # noqa: S102 - our own notebooks and guides
    return names


def serious(found: tm.Map) -> list[str]:
    assert found.is_complete
    return [each.kind for each in found.problems if each.level != "advice"]


def blocks(language: str) -> list[str]:
    """The blocks of the guide in this language."""
    return re.findall(rf"```{language}\n(.*?)```", GUIDE.read_text("utf-8"), re.DOTALL)


def test_the_application_of_the_guide_has_no_problem() -> None:
    code = next(block for block in blocks("python") if "Flask(" in block)

    assert serious(tm.explore(run(code)["app"])) == []


def test_the_guide_shows_what_is_told_of_its_application_with_a_fault(tmp_path: Path) -> None:
    shown = next(block for block in blocks("text") if " gather " in block)
    known = '{"1": "sales", "2": "support"}.get(request.form["Digits"])'
    code = next(block for block in blocks("python") if known in block)
    tmp_path.joinpath("ivr.py").write_text(
        code.replace(known, '{"1": "sales"}[request.form["Digits"]]'), "utf-8"
    )
    command = [sys.executable, "-m", "twilio_magic", "explore", "ivr:app"]

    ran = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

    assert ran.stdout == shown
    assert ran.returncode == 1


def test_the_application_of_the_notebook_on_flask_has_no_problem() -> None:
    found = tm.explore(run(code_of("04-webhooks-with-flask", "Blueprint"))["app"])

    assert serious(found) == []


def test_the_doctor_does_not_know_other_keys_and_this_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As the notebook itself finds out, with a test."""
    monkeypatch.syspath_prepend(str(NOTEBOOKS / "own-application"))

    found = tm.explore("appointments:app")

    assert serious(found) == ["error"]
    assert "press 3" in str(found.problems[0])
    assert found.problems[0].to_dialog().startswith("app: appointments:app\n")


def test_the_menu_of_the_notebook_on_menus_has_no_problem() -> None:
    """Its functions, as routes of one application."""
    names = run(code_of("03-gather-and-menus", "def chosen"))
    app = Flask("menus")
    app.post("/menu")(names["menu"])  # type: ignore[type-var]
    app.post("/chosen")(lambda: names["chosen"](request.form))  # type: ignore[operator]

    assert serious(tm.explore(app, url="/menu")) == []
