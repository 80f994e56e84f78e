"""Phones of a dialog have names, which its lines may use, and everything that is shown of it does."""

from __future__ import annotations

import pytest

import twilio_magic as tm
from twilio_magic.display import to_html
from twilio_magic.scripts import DialogText

ANN, BOB = "+13105555555", "+14155550100"
PUT_THROUGH = f"""\
twiml: <Response><Say>One moment.</Say><Dial>{ANN}</Dial></Response>
given phone Zoe = +13105550199
dialog "Bob is put through" as Bob Lee = {BOB}
  hear "This is Ann"
  say "Hello Ann"
  expect dialed Ann
  expect no dialed Zoe
as Ann = {ANN}
  say "This is Ann."
  hear "Hello Ann"
  hang up
"""


def test_lines_name_phones_by_their_names() -> None:
    [dialog] = tm.dialogs(PUT_THROUGH)

    assert [party.address for party in dialog.text.parties] == [BOB, ANN]
    assert dialog.run().passed


def test_what_is_shown_has_the_names() -> None:
    [result] = tm.dialogs(PUT_THROUGH).run()
    assert result.call is not None

    assert f"Ann {ANN}" in result.report
    assert f"Bob Lee {BOB} → " in to_html(result)
    assert "Ann: This is Ann." in repr(result.call.transcript)


def test_a_moment_of_a_call_has_the_names() -> None:
    [result] = tm.dialogs(PUT_THROUGH).run()
    assert result.call is not None
    spoken = next(line for line in result.call.transcript if line.text == "This is Ann.")
    moment = result.call.at(spoken.at + 0.1)

    assert [str(heard) for heard in moment.heard] == ["Bob Lee hears Ann: This is Ann."]
    assert f"Ann {ANN}: in-progress" in to_html(moment)
    assert moment.heard[0].speaker == ANN


@pytest.mark.parametrize("line", ["from: bob", "as Bob", "given phone BOB: busy"])
def test_a_name_is_known_in_each_line_however_it_is_capitalized(line: str) -> None:
    [dialog] = tm.dialogs(f'dialog "who calls"\n  hear "a"\n{line}', phones={BOB: "Bob"})
    read = dialog.text

    assert BOB in (read.header("from"), read.parties[-1].address, *_given(read))


def _given(read: DialogText) -> list[str]:
    return [given.values["address"] for given in read.givens]


def test_the_phones_of_a_world_are_known_by_their_names() -> None:
    text = 'dialog "a name of the notebook" as Bob\n  hear "Hello"'
    [dialog] = tm.dialogs(text, phones={BOB: "Bob"})

    assert dialog.text.parties[0].address == BOB
    assert dialog.text.names == {BOB: "Bob"}


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("as Zed", "'Zed' is no address of a party, and no name of a phone."),
        (f"as Bob = {ANN}", f"Bob is the name of {BOB} already."),
        ("expect dialed Zed", "'expect dialed Zed' expects nothing that can be checked."),
    ],
)
def test_a_name_that_stands_for_no_phone_is_told(line: str, told: str) -> None:
    with pytest.raises(tm.DialogError, match=told.partition("+")[0]) as caught:
        tm.dialogs(f'dialog "who calls" as Bob = {BOB}\n  hear "a"\n{line}')

    assert caught.value.line == 3
    assert told in str(caught.value)


def test_a_call_becomes_a_dialog_with_the_names_of_its_phones() -> None:
    [result] = tm.dialogs(PUT_THROUGH).run()
    assert result.call is not None
    written = result.call.to_dialog()

    assert f"as Bob Lee = {BOB}" in written
    assert f"as Ann = {ANN}" in written
    assert all(each.passed for each in tm.dialogs(written).run())


def test_what_a_timeline_tells_of_a_script_has_the_name_and_the_words_of_others_stay() -> None:
    simulator = tm.Simulator()
    simulator.phones.name(BOB, "Bob")
    number = simulator.numbers["+12125551234"]
    number.voice_url = simulator.host(f"<Response><Say>Call {BOB}.</Say></Response>")
    call = simulator.receive(BOB, number.phone_number, phone=f"hear 'Not {BOB}'").wait()

    assert f"Bob waited to hear “Not {BOB}”, but the call ended first" in repr(call.timeline)
    assert f"“Call {BOB}.”" in repr(call.timeline)
