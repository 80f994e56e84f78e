"""What calls and dialogs have visited of an application's map is counted and shown; what is missing is a dialog."""

from __future__ import annotations

import json
import re
from xml.etree import ElementTree as ET

import pytest
from flask import Flask, request
from hypothesis import Phase, given, settings

import twilio_magic as tm
from twilio_magic.display import to_html

from .menus import Menu, application, menus

IVR, NUMBER, PERSON = "https://ivr.example.com", "+12125551234", "+14155550100"
ROOT = Menu("outer", {"1": "Here.", "2": Menu("inner", {"1": "+13105550001"})}, missing=("7",))
FEW = settings(max_examples=4, phases=(Phase.explicit, Phase.reuse, Phase.generate))


def world(app: object, path: str = "/outer") -> tm.Simulator:
    simulator = tm.Simulator(network=False)
    simulator.mount(IVR, app)  # type: ignore[arg-type]
    simulator.numbers[NUMBER].voice_url = f"{IVR}{path}"
    return simulator


def call(simulator: tm.Simulator, phone: str) -> None:
    simulator.receive(PERSON, NUMBER, phone=phone).wait()


def run_missing(report: tm.CoverageReport, app: object, simulator: tm.Simulator) -> None:
    for each in report.missing:
        text = each.to_dialog().replace("# app: app.py:app", "app: app")
        results = tm.dialogs(text, names={"app": app}).run(simulator)
        assert results.passed, repr(results)


def test_what_a_call_visited_is_counted_and_what_is_missing_is_told() -> None:
    simulator = world(application(ROOT))
    call(simulator, "hear 'press 2'; press 2; hear 'press 1'; press 1; hang up")

    [covered] = simulator.coverage()

    assert str(covered).splitlines()[0] == (
        f"{IVR}/outer: 26 % (3 of 4 documents, 3 of 8 places, 2 of 11 ways; 1 call)"
    )
    told = [str(each).partition(" at ")[0] for each in covered.missing]
    assert told == [
        "silence",
        "press 1",
        "press 0, 3-6, 8, 9, *",
        "press 7",
        "silence",
        "press 0, 2-9, *",
        "answered",
        "busy",
        "no answer",
    ]


def test_a_number_that_nobody_has_called_has_visited_nothing() -> None:
    report = world(application(ROOT)).coverage()

    assert report.percent == 0
    assert report[0].calls == 0
    assert report[0].missing[0].path != ()


@FEW
@given(menus())
def test_an_application_whose_every_way_was_tried_is_covered_whole(root: Menu) -> None:
    """What is missing, as dialogs, is all that is missing."""
    app = application(root)
    simulator = world(app, f"/{root.name}")
    before = simulator.coverage()

    run_missing(before, app, simulator)

    assert before.percent == 0
    after = simulator.coverage()
    assert after.percent == 100
    assert not after.missing
    assert after[0].map.to_json() == before[0].map.to_json()


@pytest.mark.parametrize(
    "root",
    [
        ROOT,
        Menu("outer", {"1": "Here."}, mute=("7",)),
        Menu("outer", {"1": "Here."}, forgotten=("7",), tail="Nobody hears this."),
        Menu("outer", {"1": Menu("inner", {"3": "There."}, loops=True)}),
    ],
)
def test_an_application_with_faults_is_covered_whole_too(root: Menu) -> None:
    app = application(root)
    simulator = world(app)

    run_missing(simulator.coverage(), app, simulator)

    assert simulator.coverage().percent == 100


def test_who_hangs_up_when_all_was_said_has_come_to_the_end() -> None:
    simulator = world(application(Menu("outer", {"1": "Here is more.", "2": "There."})))
    call(simulator, "hear 'press 1'; press 1; hear 'Here is more'; hang up")
    call(simulator, "hear 'press 2'; hang up")

    [covered] = simulator.coverage()

    gone = [str(way) for way in covered.ways if covered.has_visited(way)]
    assert gone == ["press 1"]


def test_numbers_that_lead_to_the_same_are_one_way_and_others_are_explored() -> None:
    app = Flask("tickets")

    @app.post("/voice")
    def voice() -> str:
        return (
            "<Response><Gather action='/ticket'><Say>Your ticket number?</Say></Gather></Response>"
        )

    @app.post("/ticket")
    def ticket() -> str:
        digits = request.form["Digits"]
        if digits == "4711":
            return (
                "<Response><Gather numDigits='1' action='/done'><Say>It is done. Press 1 to close it.</Say>"
                "</Gather></Response>"
            )
        return f"<Response><Say>There is no ticket {digits}.</Say></Response>"

    @app.post("/done")
    def done() -> str:
        return "<Response><Say>Closed.</Say></Response>"

    simulator = world(app, "/voice")
    call(simulator, "hear 'number'; press 815#; wait 20")
    call(simulator, "hear 'number'; press 4711#; hear 'close'; hang up")
    [covered] = simulator.coverage()

    told = [str(each) for each in covered.missing]
    assert [each.partition(" at ")[0] for each in told] == [
        "silence",
        "silence",
        "press 1",
        "press 0, 2-9, *",
    ]
    assert told[2].endswith("[press 4711, press 1]")
    run_missing(simulator.coverage(), app, simulator)
    assert simulator.coverage().percent == 100


def test_what_no_exploration_finds_is_on_the_map_once_a_call_was_there() -> None:
    """A place that comes only with the right caller is a place all the same."""
    app = Flask("private")

    @app.post("/voice")
    def voice() -> str:
        if request.form["From"] == "+13105550199":
            return "<Response><Say>Good morning, boss.</Say></Response>"
        return "<Response><Say>We are closed.</Say></Response>"

    simulator = world(app, "/voice")
    simulator.receive(PERSON, NUMBER, phone="hear 'closed'; hang up").wait()
    simulator.receive("+13105550199", NUMBER).wait()

    [covered] = simulator.coverage()

    assert [(s.text, covered.has_visited(s)) for s in covered.places] == [
        ("We are closed.", True),
        ("Good morning, boss.", True),
    ]
    assert "Good morning" in to_html(covered)


def test_each_application_has_its_own_coverage_and_outbound_calls_count() -> None:
    simulator = world(application(ROOT))
    document = (
        "<Response><Gather numDigits='1'><Say>Press 1.</Say></Gather><Say>Bye.</Say></Response>"
    )
    client = tm.Client(simulator=simulator)
    client.calls.create(to="+13105550123", from_=NUMBER, twiml=document).wait()

    report = simulator.coverage()

    assert [each.name for each in report] == ["a document, “Press 1.”, outbound", f"{IVR}/outer"]
    assert [each.calls for each in report] == [1, 0]
    assert report[0].missing[0].to_dialog().count("direction: outbound") == 1
    run_missing(tm.CoverageReport([report[0]]), None, simulator)
    assert simulator.coverage()[0].percent == 100


def test_a_map_that_was_explored_before_is_used_wherever_the_application_is_mounted() -> None:
    found = tm.explore(lambda: application(ROOT), url="/outer")
    simulator = tm.Simulator(network=False)
    simulator.mount("https://other.example.com", application(ROOT))
    simulator.numbers[NUMBER].voice_url = "https://other.example.com/outer"
    call(simulator, "hear 'press 1'; press 1; wait 20")

    [covered] = simulator.coverage(found)

    assert [str(way) for way in covered.ways if covered.has_visited(way)] == ["press 1"]
    assert covered.map is not found
    assert len(covered.map.states) == len(found.states)


def test_coverage_leaves_the_calls_and_the_phones_of_its_world_alone() -> None:
    simulator = world(application(ROOT))
    simulator.phones["+13105550001"] = "busy"
    call(simulator, "hear 'press 2'; press 2; hear 'press 1'; press 1; wait 20")
    before, count = simulator.now, simulator.call_count

    [covered] = simulator.coverage()

    assert (simulator.now, simulator.call_count) == (before, count)
    assert "busy" in [str(way) for way in covered.ways if covered.has_visited(way)]


def test_coverage_is_data_a_graph_and_a_picture_in_which_what_was_visited_stands_out() -> None:
    simulator = world(application(ROOT))
    call(simulator, "hear 'press 1'; press 1; wait 20")
    report = simulator.coverage()
    [covered] = report

    data = json.loads(report.to_json())
    assert data["percent"] == report.percent
    [row] = data["applications"]
    assert row["ways"] == {"visited": 1, "total": 11}
    assert [each["move"] for each in row["map"]["edges"] if each["visited"]] == ["press 1"]
    assert row["missing"][0]["path"] == ["silence"]
    mermaid = report.to_mermaid()
    assert '-->|"✓ press 1"|' in mermaid
    assert "style s2 stroke:#a3261e,stroke-dasharray:5 5" in mermaid
    assert 'label="✗ press 2"' in covered.to_graphviz()
    html = to_html(report)
    svg = html[html.index("<svg") : html.index("</svg>") + 6]
    boxes = [each for each in ET.fromstring(svg).iter() if each.tag.endswith("}rect")]
    assert len([each for each in boxes if "stroke-dasharray" in each.attrib]) == 6
    assert "✓ press 1" in html


def test_of_many_applications_the_first_stand_open_and_the_others_are_folded() -> None:
    calls = tm.Client(simulator=(simulator := tm.Simulator(network=False))).calls
    for words in ("one", "two", "three", "four"):
        calls.create(
            to=PERSON, from_=NUMBER, twiml=f"<Response><Say>{words}</Say></Response>"
        ).wait()
    report = simulator.coverage()

    titles = re.findall("<summary[^>]*>(.*?)</summary>", to_html(report))
    assert len(report) == 4
    folded = [each.name for each in report if any(each.name in title for title in titles)]
    assert folded == [each.name for each in report[2:]]


def test_a_world_without_applications_has_no_coverage() -> None:
    report = tm.Simulator(network=False).coverage()

    assert report.percent == 100
    assert repr(report) == "no application was called, and none is known by its number"
