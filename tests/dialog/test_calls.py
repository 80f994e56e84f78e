"""What a party does in one call after the other."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask, Response, request
from twilio.rest import Client

import twilio_magic as tm
from twilio_magic.dialog import DialogResult, update_dialogs
from twilio_magic.simulation import SuccessiveScripts, script

PHONE = "+13105555555"
HEAD = f"app: app\nurl: /voice\ndirection: outbound\nto: {PHONE}\nparameters: status_callback=https://ivr.example.com/over\n"
MENU = "<Response><Gather numDigits='1' action='/key'><Say>Press a key.</Say></Gather></Response>"


def pager(calls: int, keys: list[str]) -> Flask:
    """An application that has a phone called so many times, and notes the *keys* that are pressed there."""
    app, over = Flask("pager"), []

    @app.post("/voice")
    def voice() -> str:
        return MENU

    @app.post("/key")
    def key() -> str:
        keys.append(request.form["Digits"])
        return "<Response><Say>Thanks.</Say></Response>"

    @app.post("/over")
    def end() -> str:
        over.append(request.form["CallSid"])
        if len(over) < calls:
            url = f"{request.host_url}voice"
            Client().calls.create(
                to=PHONE, from_="+12125551234", url=url, status_callback=request.url
            )
        return ""

    return app


def run(
    body: str, calls: int = 2, keys: list[str] | None = None, simulator: tm.Simulator | None = None
) -> DialogResult:
    """What becomes of the dialog with these lines, whose application has its phone called so many times."""
    app = pager(calls, [] if keys is None else keys)
    [dialog] = tm.dialogs(f'{HEAD}dialog "it"\n{body}', names={"app": app})
    return dialog.run(simulator)


@pytest.mark.parametrize("calls", [1, 2, 3, 4, 5])
@pytest.mark.parametrize("blocks", [2, 3, 4])
def test_each_call_has_the_block_of_its_number_and_later_ones_have_the_last(
    blocks: int, calls: int
) -> None:
    keys: list[str] = []
    heads = ["", *[f"as {PHONE} again\n"] * (blocks - 1)]
    body = "".join(f"{head}  press {number}\n" for number, head in enumerate(heads, 1))
    result = run(body, calls, keys)

    assert keys == [str(min(number, blocks)) for number in range(1, calls + 1)]
    assert [line.mark for line in result.lines] == [
        "✓" if number <= calls else "✗" for number in range(1, blocks + 1)
    ]
    assert result.passed == (calls >= blocks)


def test_a_call_that_never_comes_is_told() -> None:
    result = run(f"  busy\nas {PHONE} again\n  press 1\nas {PHONE} again\n", calls=1)

    assert [line.mark for line in result.lines] == ["✓", "✗", "✗"]
    assert [line.call_number for line in result.lines] == [1, 2, 3]
    assert f"{PHONE}, call 2" in result.report
    assert result.report.count(f"this call never came: {PHONE} had 1 call") == 2


def test_expectations_are_those_of_the_call_that_they_stand_in() -> None:
    result = run(
        f"  busy\n  expect status busy\nas {PHONE} again\n  no answer\n  expect status no-answer\n"
        f"as {PHONE} again\n  press 1\n  expect status completed\n",
        calls=3,
    )

    assert result.passed, result.report
    missed = run(f"  busy\nas {PHONE} again\n  expect status completed\n", calls=1)
    assert "no call reached it" in missed.report


def test_who_is_dialed_again_does_what_stands_below_again() -> None:
    dials = f"<Dial>{PHONE}</Dial>"
    result = tm.dialogs(
        f'twiml: <Response>{dials * 2}<Say>Over.</Say></Response>\ndialog "it"\n  hear "Now I am here"\n  hear "over"\n'
        f'as Ann = {PHONE}\n  busy\nas Ann again\n  answer; say "Now I am here"; hang up\n'
    ).run()[0]

    assert result.passed, result.report
    assert f"Ann {PHONE}, call 2" in result.report


def test_a_dialog_that_runs_twice_in_a_world_begins_with_its_first_call(
    simulator: tm.Simulator,
) -> None:
    body = f"  busy\nas {PHONE} again\n  press 1\n"

    assert run(body, simulator=simulator).passed
    assert run(body, simulator=simulator).passed


def test_a_fork_of_a_later_call_has_the_same_calls_before_it(simulator: tm.Simulator) -> None:
    keys: list[str] = []
    result = run(
        f"  busy\nas {PHONE} again\n  press 1\nas {PHONE} again\n  press 2\n", 3, keys, simulator
    )
    other = result.calls[2].fork(before="gather 1", phone="press 7").wait()

    assert result.passed
    assert keys == ["1", "2", "7"]
    assert other.status == "completed"


def test_a_fork_that_begins_between_two_calls_knows_of_the_first(
    simulator: tm.Simulator, place_call: Callable[[], tm.Call]
) -> None:
    scripts = SuccessiveScripts((script("busy"), script("press 1"), script("press 2")))
    with simulator.phones.during(PHONE, scripts):
        calls = [place_call().wait() for _ in range(3)]
    [_, _, last] = calls
    future = last.fork(at=0.5).wait()

    assert [call.status for call in calls] == ["busy", "completed", "completed"]
    assert last.transcript
    assert [str(each) for each in future.transcript] == [str(each) for each in last.transcript]


@pytest.fixture
def place_call(simulator: tm.Simulator) -> Callable[[], tm.Call]:
    """Calls the phone, which is asked for a key."""
    simulator.mount("https://ivr.example.com", pager(0, []))
    client = tm.Client(simulator=simulator)
    return lambda: client.calls.create(
        to=PHONE, from_="+12125551234", url="https://ivr.example.com/voice"
    )


def test_what_is_heard_in_a_later_call_is_written_there(tmp_path: Path) -> None:
    head = "app: tests.dialog.on_call:create_app()\nurl: /alert\n" + HEAD.split("\n", 2)[2]
    file = tmp_path / "it.dialog"
    file.write_text(
        f'{head}dialog "it"\n  busy\nas {PHONE} again\n  hear "x"\n  hang up\n', "utf-8"
    )
    changed = update_dialogs(tm.dialogs(file))
    text = file.read_text("utf-8")

    assert list(changed.values()) == [1]
    assert (
        f'as {PHONE} again\n  hear "4. To close, press 6. To be called no more, press 1."\n' in text
    )
    assert tm.dialogs(file).run().passed


def test_a_call_whose_record_the_application_deletes_counts_and_is_told() -> None:
    keys: list[str] = []
    app = pager(3, keys)

    @app.after_request
    def forget(response: Response) -> Response:
        if request.path == "/over":
            Client().calls(request.form["CallSid"]).delete()
        return response

    body = f"  press 1\nas {PHONE} again\n  press 2\nas {PHONE} again\n  press 3\n  expect status completed\n"
    [dialog] = tm.dialogs(f'{HEAD}dialog "it"\n{body}', names={"app": app})
    result = dialog.run()

    assert keys == ["1", "2", "3"]
    assert [line.mark for line in result.lines] == ["✓", "✓", "✓", "✗"]
    assert "the record of its call was deleted" in result.report
    assert "queued" not in result.report


def test_calls_are_counted_where_the_world_keeps_no_record() -> None:
    keys: list[str] = []
    simulator = tm.Simulator(keep=0)
    run(f"  press 1\nas {PHONE} again\n  press 2\n", 3, keys, simulator)

    assert keys == ["1", "2", "2"]


def test_a_world_with_calls_of_one_party_is_saved_and_loaded(
    simulator: tm.Simulator, tmp_path: Path
) -> None:
    result = run(f"  busy\nas {PHONE} again\n  press 1\n", simulator=simulator)
    simulator.save(tmp_path / "world.json")
    calls = tm.Client(simulator=tm.load(tmp_path / "world.json")).calls.list()

    assert result.passed
    assert [call.to_dict() for call in reversed(calls)] == [call.to_dict() for call in result.calls]
