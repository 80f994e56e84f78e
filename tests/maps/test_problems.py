"""What is wrong with an IVR is found, with the shortest way to it; and nothing is found where nothing is wrong."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask, request
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

import twilio_magic as tm

from .menus import Menu, all_menus, application, menus, put_in

SERIOUS = ("error", "warning")
#: Each example is a few dozen calls; a menu is small enough to be understood as it is.
FEW = settings(max_examples=5, phases=(Phase.explicit, Phase.reuse, Phase.generate))


def explore(root: Menu) -> tm.Map:
    found = tm.explore(application(root), url=f"/{root.name}")
    assert found.is_complete
    return found


def kinds(found: tm.Map, *levels: str) -> set[str]:
    return {each.kind for each in found.problems if each.level in levels}


@FEW
@given(menus())
def test_a_menu_without_a_fault_has_no_problem(root: Menu) -> None:
    found = explore(root)

    assert kinds(found, *SERIOUS) == set()
    assert kinds(found, "advice") == {"silence"}
    assert len([s for s in found.states.values() if s.kind == "gather"]) == len(all_menus(root))


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        ({"missing": ("7",)}, {"error", "named key"}),
        ({"forgotten": ("7",)}, {"named key"}),
        ({"mute": ("7",)}, {"dead end"}),
        ({"tail": "Nobody hears this."}, {"unreachable prompt"}),
        ({"loops": True}, {"loop", "named key"}),
    ],
)
@FEW
@given(menus(), st.data())
def test_a_fault_is_found_wherever_it_is(
    fault: dict[str, tuple[str, ...]], expected: set[str], root: Menu, data: st.DataObject
) -> None:
    place = data.draw(st.sampled_from(all_menus(root)))
    faulty = replace(place, **fault)  # type: ignore[arg-type]
    found = explore(put_in(root, place.name, faulty))

    assert kinds(found, *SERIOUS) == expected
    steps = {each.kind: len(each.path) for each in found.problems if each.kind in expected}
    below = depth_of(root, place.name)
    added = 1 if expected & {"error", "dead end"} else 0
    assert min(steps.values()) == below + added if added else min(steps.values()) >= below


def depth_of(menu: Menu, name: str, depth: int = 0) -> int:
    if menu.name == name:
        return depth
    below = [each for each in menu.choices.values() if isinstance(each, Menu)]
    return max((depth_of(each, name, depth + 1) for each in below), default=-1)


@FEW
@given(menus(), st.data())
def test_a_key_that_no_prompt_names_is_found(root: Menu, data: st.DataObject) -> None:
    place = data.draw(st.sampled_from(all_menus(root)))
    secret = replace(place, choices={**place.choices, "8": "A secret."}, hidden=("8",))
    found = explore(put_in(root, place.name, secret))

    assert kinds(found, *SERIOUS) == set()
    [problem] = [each for each in found.problems if each.kind == "unnamed key"]
    assert str(problem.path[-1]) == "press 8"


@pytest.mark.parametrize("fault", [{"missing": ("7",)}, {"mute": ("7",)}, {"forgotten": ("7",)}])
def test_a_problem_is_a_dialog_that_passes(fault: dict[str, tuple[str, ...]]) -> None:
    inner = replace(Menu("inner", {"1": "Here."}), **fault)  # type: ignore[arg-type]
    root = Menu("outer", {"2": inner})
    app = application(root)
    problem = tm.explore(app, url="/outer").problems[0]

    text = problem.to_dialog()
    [result] = tm.dialogs(text.replace("# app: app.py:app", "app: app"), names={"app": app}).run()

    assert [str(move) for move in problem.path] == ["press 2", "press 7"]
    assert "press 2\n" in text
    assert "press 7\n" in text
    assert result.passed, result.report


def test_who_is_hung_up_on_after_the_third_wrong_key_is_in_no_loop() -> None:
    """What the application counts, in the address or in a cookie, is a way out."""
    app = Flask("counting")

    @app.post("/voice")
    def voice() -> str:
        attempt = int(request.args.get("attempt", 0))
        if attempt == 7:
            return "<Response><Say>Goodbye.</Say></Response>"
        return (
            f"<Response><Gather numDigits='1' action='/voice?attempt={attempt + 1}'>"
            f"<Say>What do you want?</Say></Gather><Redirect>/voice?attempt={attempt + 1}</Redirect></Response>"
        )

    found = tm.explore(app)

    assert not found.problems.of_kind("loop")
    assert [s.kind for s in found.states.values() if s.kind == "gather"] == ["gather"]


def test_documents_that_go_round_without_listening_are_a_loop() -> None:
    found = tm.explore("<Response><Say>Please hold.</Say><Redirect/></Response>")

    assert [each.kind for each in found.problems] == ["loop"]


def test_who_is_dialed_answers_is_busy_and_does_not_answer() -> None:
    found = tm.explore("<Response><Dial>+13105550001</Dial></Response>")

    assert {str(edge.move) for edge in found.edges} == {"answered", "busy", "no answer", "hang up"}
    assert [each.kind for each in found.problems] == ["dead end"]
    assert "if +13105550001 is busy" in found.problems[0].message
    assert "as +13105550001\n" in found.problems[0].to_dialog()
    assert "  busy\n" in found.problems[0].to_dialog()


def test_words_and_hints_are_tried_where_words_are_taken() -> None:
    found = tm.explore(
        "<Response><Gather input='speech' hints='Sales, Support' action='/menu'>"
        "<Say>Say “billing”.</Say></Gather></Response>",
        words=["news"],
    )

    moves = [edge.move.text for edge in found.edges if edge.move.kind == "say"]
    assert moves == ["Sales", "Support", "billing", "news", "something else"]


def test_a_limit_is_told_and_hides_no_prompt() -> None:
    root = Menu("outer", {"2": Menu("inner", {"1": "Here."})})

    found = tm.explore(application(root), url="/outer", calls=3)

    assert found.calls == 3
    assert not found.is_complete
    assert found.coverage < 100
    assert not found.problems.of_kind("unreachable prompt")


def test_the_first_useful_thing_and_the_deepest_menu_are_told() -> None:
    root = Menu("outer", {"2": Menu("inner", {"1": "+13105550001"})})

    found = tm.explore(application(root), url="/outer")

    assert found.first_useful is not None
    assert found.first_useful.text == "+13105550001"
    assert 5 < found.first_useful.seconds < 15
    assert found.deepest is not None
    assert found.deepest.menus == 2
    assert [str(move) for move in found.deepest.path] == ["press 2"]


@pytest.mark.parametrize(("name", "limit"), [("depth", 0), ("calls", -1), ("states", 0)])
def test_a_limit_that_is_none_is_refused(name: str, limit: int) -> None:
    with pytest.raises(tm.SimulatorError, match=f"{name} is {limit}"):
        tm.explore("<Response/>", **{name: limit})  # type: ignore[arg-type]


@pytest.mark.parametrize("voice", ["woman", "nobody"])
def test_a_menu_that_fails_is_its_error_and_nothing_else(voice: str) -> None:
    """Its prompts are not told as unreachable, nor its apology as what silence leads to."""
    found = tm.explore(
        f"<Response><Gather numDigits='1'><Say voice='{voice}'>Press 1.</Say></Gather><Say>Goodbye.</Say></Response>"
    )
    told = [(each.kind, str(each.path)) for each in found.problems if each.level != "advice"]

    if voice == "woman":
        assert [kind for kind, _ in told] == ["named key"]
    else:
        assert told == [("error", "()")]
        assert "13321" in found.problems[0].message


@pytest.mark.parametrize("verb", ["Gather finishOnKey='abc'", "Record finishOnKey='none'"])
def test_what_ends_the_input_and_is_on_no_phone_is_not_pressed(verb: str) -> None:
    found = tm.explore(f"<Response><Say>Your name?</Say><{verb}/><Say>Goodbye.</Say></Response>")

    assert found.is_complete
    assert [each.level for each in found.problems if each.level != "advice"] == []


def test_a_dial_that_names_nobody_is_an_error_and_no_way() -> None:
    found = tm.explore("<Response><Dial/><Say>Goodbye.</Say></Response>")

    assert [each.kind for each in found.problems] == ["error"]
    assert not [each for each in found.states.values() if each.kind == "dial"]


def test_a_menu_without_words_is_called_by_its_path() -> None:
    found = tm.explore("<Response><Pause/><Gather timeout='2'/><Say>Goodbye.</Say></Response>")

    assert [each.kind for each in found.problems] == ["silence"]
    assert "silence hangs up at /" in found.problems[0].message


def test_an_error_before_the_first_menu_is_told() -> None:
    page = "<Response><Dial>nobody</Dial><Gather><Say>Your number?</Say></Gather></Response>"
    errors = [each for each in tm.explore(page).problems if each.kind == "error"]

    assert [each.message[:5] for each in errors] == ["13224"]
    assert errors[0].path == ()
