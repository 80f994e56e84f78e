"""How a map is shown: as a picture that needs no trust, as text, as graphs and as data, in a cell and a terminal."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from IPython.core.interactiveshell import InteractiveShell

import twilio_magic as tm
from twilio_magic.cli import main
from twilio_magic.display import to_html

from .menus import Menu, application

HOSTILE = (
    "<Response><Gather numDigits='1' action='https://x.invalid/&lt;b>'>"
    '<Say>&lt;script>alert(1)&lt;/script> "]; --> %% [x](javascript:y) \\ For a, press 1.</Say></Gather></Response>'
)
ROOT = Menu("outer", {"1": "Here.", "2": Menu("inner", {"1": "+13105550001"})}, missing=("7",))
APP = "tests.maps.example:create_app()"


@pytest.fixture(scope="module")
def found() -> tm.Map:
    return tm.explore(application(ROOT), url="/outer")


def test_the_picture_has_every_place_and_no_script_style_sheet_or_id(found: tm.Map) -> None:
    html = to_html(found)
    svg = html[html.index("<svg") : html.index("</svg>") + 6]
    tree = ET.fromstring(svg)

    drawn = "".join(tree.itertext())
    boxes = [each for each in tree.iter() if each.tag.endswith("}rect")]
    assert len(boxes) == len([s for s in found.states.values() if s.kind != "hung up"])
    assert all(each in drawn for each in ("1  gather", "press 2", "+13105550001", "error"))
    assert "<script" not in html
    assert "<style" not in html
    assert not any("id" in each.attrib for each in tree.iter())


def test_every_word_of_a_picture_is_inside_its_box() -> None:
    """A digit is 7.7 units of the picture wide, which most letters are not."""
    digits = "0123456789" * 8

    def tell(request: Mapping[str, str]) -> str:
        if "Digits" in request:
            return f"<Response><Play>https://ivr.example.com/{digits}</Play></Response>"
        return f"<Response><Gather><Say>Press 1 for {digits}.</Say></Gather></Response>"

    html = to_html(tm.explore(tell))
    tree = ET.fromstring(html[html.index("<svg") : html.index("</svg>") + 6])
    drawn = {
        kind: [each for each in tree.iter() if each.tag.endswith(kind)] for kind in ("rect", "text")
    }
    boxes = [(float(box.attrib["x"]), float(box.attrib["width"])) for box in drawn["rect"]]
    inside = [
        (text, left + width)
        for text in drawn["text"]
        for left, width in boxes
        if left < float(text.attrib["x"]) < left + width
    ]

    assert len(inside) > 4
    assert all(float(each.attrib["x"]) + 7.7 * len(each.text or "") <= end for each, end in inside)


def test_what_a_document_says_is_text_wherever_a_map_is_shown() -> None:
    found = tm.explore(HOSTILE)
    html = to_html(found)

    assert "<script" not in html
    ET.fromstring(html[html.index("<svg") : html.index("</svg>") + 6])
    label = next(line for line in found.to_mermaid().splitlines() if line.startswith("    s1["))
    assert label.count('"') == 2
    assert "<" not in label
    node = next(line for line in found.to_graphviz().splitlines() if line.startswith("  s1 ["))
    assert json.loads(node[node.index('"') : node.rindex('"') + 1]).startswith("gather: <script>")


def test_the_text_has_places_moves_problems_and_a_summary(found: tm.Map) -> None:
    text = repr(found)

    assert "  1  gather  This is outer." in text
    assert "       press 2 → " in text
    assert "error: 11210" in text
    assert "every way tried (100 %)" in text
    assert "deepest menu: This is inner" in text


def test_a_map_is_data(found: tm.Map) -> None:
    data = json.loads(found.to_json())

    assert [each["name"] for each in data["states"]] == list(found.states)
    assert {each["source"] for each in data["edges"]} <= set(found.states)
    assert data["problems"][0]["path"] == ["press 7"]
    assert data["coverage"] == 100


def test_the_same_application_has_the_same_map(found: tm.Map) -> None:
    again = tm.explore(application(ROOT), url="/outer")

    assert again.to_json() == found.to_json()


def test_the_magic_explores_what_the_notebook_has(shell: InteractiveShell) -> None:
    shell.user_ns["create_app"] = lambda: application(ROOT)

    found = shell.run_line_magic("explore", "create_app() --url /outer --calls 500")
    shell.run_line_magic("explore", "create_app() --url /outer --out kept")

    assert isinstance(found, tm.Map)
    assert found.problems[0].kind == "error"
    assert found.problems[0].to_dialog().startswith("app: create_app()\n")
    assert shell.user_ns["kept"].to_json() == found.to_json()


@pytest.fixture
def shell() -> InteractiveShell:
    shell = InteractiveShell()
    shell.run_line_magic("load_ext", "twilio_magic")
    return shell


def test_the_command_explores_and_its_status_says_what_it_found(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good, bad = tmp_path / "good.xml", tmp_path / "bad.xml"
    good.write_text("<Response><Say>Hello.</Say></Response>", "utf-8")
    bad.write_text("<Response><Redirect>https://nowhere.invalid/</Redirect></Response>", "utf-8")

    assert main(["explore", str(good)]) == 0
    assert "no problems" in capsys.readouterr().out
    assert main(["explore", str(bad), "--format", "json"]) == 1
    assert json.loads(capsys.readouterr().out)["problems"][0]["kind"] == "error"


@pytest.mark.parametrize(
    ("form", "first"),
    [("mermaid", "flowchart TD"), ("graphviz", "digraph ivr {"), ("dialogs", f"app: {APP}")],
)
def test_the_command_has_other_forms(
    form: str, first: str, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["explore", APP, "--url", "/outer", "--format", form])

    assert capsys.readouterr().out.splitlines()[0] == first


def test_the_dialogs_of_the_command_pass(capsys: pytest.CaptureFixture[str]) -> None:
    main(["explore", APP, "--url", "/outer", "--format", "dialogs"])
    results = tm.dialogs(capsys.readouterr().out).run()

    assert results
    assert all(each.passed for each in results), repr(results)


def test_a_name_that_names_nothing_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explore", "nothing_here:app"]) == 1
    assert "There is no module nothing_here" in capsys.readouterr().err
