"""What was heard is written into dialogs that only say what is done: they pass, and fail when the words change."""

from __future__ import annotations

import re
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from flask import Flask
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import twilio_magic as tm
from twilio_magic.dialog import update_dialogs

MENU = """\
  hear "For sales, press 1."
  hear "For support, press 2."
  hear "To speak, press 3."
  hear "To leave a message, press 4."
"""


def update(lines: str, monkeypatch: pytest.MonkeyPatch, folder: Path) -> str:
    """The dialog with these *lines* of the bakery as it is written anew, which passes."""
    monkeypatch.chdir(folder)
    file = folder / "it.dialog"
    head = 'app: tests.dialog.bakery:create_app()\n\ndialog "it"\n'
    file.write_text(head + lines, "utf-8")
    update_dialogs(tm.dialogs(file))
    written = file.read_text("utf-8")

    assert tm.dialogs(file).run().passed
    return written.removeprefix(head)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "  press 2; press 4711\n  expect status completed\n",
            (
                f'{MENU}  press 2\n  hear "Your ticket number?"\n  press 4711\n  hear "4711 is being worked on."\n'
                "  expect status completed\n"
            ),
        ),
        (
            '  press 3\n  # a loaf\n  say "bread"\n',
            f'{MENU}  press 3\n  # a loaf\n  hear "What?"\n  say "bread"\n  hear "You said: bread."\n',
        ),
        (
            "  wait 2\n  press 2\n  wait 1\n  press 1234",
            (
                '  wait 2\n  hear "For sales, press 1."\n  press 2\n  wait 1\n  hear "Your ticket number?"\n'
                '  press 1234\n  hear "1234 is being worked on."'
            ),
        ),
        (
            '  press 4\n  hear beep\n  say "Bring bread."\n',
            (
                f'{MENU}  press 4\n  hear "After the beep."\n  hear beep\n  say "Bring bread."\n'
                '  hear "Caller 1, goodbye."\n'
            ),
        ),
        ("  expect no errors\n", f'{MENU}  hear "Goodbye."\n  expect no errors\n'),
        (
            "    press 2\n    repeat 4: press 1; wait 0.1\n    wait 9\n",
            re.sub("^", "  ", MENU, flags=re.MULTILINE)[:-2]
            + '    press 2\n    hear "Your ticket number?"\n    repeat 4: press 1; wait 0.1\n'
            '    hear "1111 is being worked on."\n    wait 9\n',
        ),
        (
            '  press 1\nas +13105551111\n  answer; say "Bakery."; hang up\n',
            (
                f'{MENU}  press 1\n  hear "One moment."\n  hear "Bakery."\n  hear "The bakery was completed."\n'
                'as +13105551111\n  answer; say "Bakery."; hang up\n'
            ),
        ),
        ("  one of\n    press 2\n    press 9\n", f"{MENU}  one of\n    press 2\n    press 9\n"),
    ],
)
def test_what_is_heard_is_written_in_its_order(
    before: str, after: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """... behind a choice of the seed nothing, because another seed hears something else."""
    assert update(before, monkeypatch, tmp_path) == after


@pytest.mark.parametrize(
    "lines",
    ['  hear "press 2"\n  press 2\n', '  not "error"\n  press 2\n  press 1234\n'],
)
def test_who_says_what_is_heard_is_left_alone(
    lines: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert update(lines, monkeypatch, tmp_path) == lines


def test_nothing_is_written_into_a_dialog_that_fails(tmp_path: Path) -> None:
    text = 'app: tests.dialog.bakery:create_app()\ndialog "it"\n  press 2\n  expect dialed +13105551111\n'
    file = tmp_path / "it.dialog"
    file.write_text(text, "utf-8")

    assert update_dialogs(tm.dialogs(file)) == {}
    assert file.read_text("utf-8") == text


def test_the_ends_of_lines_stay_as_they_were(tmp_path: Path) -> None:
    file = tmp_path / "it.dialog"
    file.write_bytes(b'app: tests.dialog.bakery:create_app()\r\ndialog "it"\r\n  press 2\r\n')
    update_dialogs(tm.dialogs(file))

    assert file.read_bytes().count(b"\n") == file.read_bytes().count(b"\r\n") > 3


WORDS = st.lists(
    st.sampled_from(["press", "one", "sales", "bread", "today", "please", "O'Brien", "café", "42"]),
    min_size=1,
    max_size=6,
).map(" ".join)
PROMPTS = st.lists(WORDS.map("{}.".format), min_size=1, max_size=3)
DEPTH = 3


@st.composite
def menus(draw: st.DrawFn) -> list[tuple[list[str], str]]:
    """Prompts one behind the other, each with how it is asked and ended."""
    return [
        (draw(PROMPTS), draw(st.sampled_from(["keys", "speech", "pause", "before"])))
        for _ in range(draw(st.integers(1, DEPTH)))
    ]


def document(place: int, menus: list[tuple[list[str], str]]) -> str:
    """The document of the menu at *place*, and behind the last a goodbye."""
    if place == len(menus):
        return "<Response><Say>Thank you. Goodbye.</Say></Response>"
    prompts, kind = menus[place]
    said = "".join(f"<Say>{prompt}</Say>" for prompt in prompts)
    takes = "input='speech' speechTimeout='1'" if kind == "speech" else "numDigits='1'"
    before = "<Say>Welcome.</Say><Pause length='2'/>" if kind == "before" else ""
    pause = "<Pause length='1'/>" if kind == "pause" else ""
    gather = f"<Gather {takes} action='/{place + 1}'>{said}{pause}</Gather>"
    return f"<Response>{before}{gather}<Hangup/></Response>"


def application(documents: list[str]) -> Flask:
    app = Flask("menus")
    app.add_url_rule("/<int:place>", "answer", lambda place: documents[place], methods=["POST"])
    return app


def run_with(source: str, documents: list[str]) -> tm.DialogResult:
    [dialog] = tm.dialogs(source, names={"app": application(documents)})
    return dialog.run()


@settings(max_examples=15)
@given(menus(), st.booleans(), st.data())
def test_a_dialog_of_keys_and_words_passes_and_fails_if_a_word_changes(
    menus: list[tuple[list[str], str]], is_one_line: bool, data: st.DataObject
) -> None:
    documents = [document(place, menus) for place in range(len(menus) + 1)]
    steps = ["say 'hello'" if kind == "speech" else "press 1" for _, kind in menus]
    between = "; " if is_one_line else "\n  "
    source = f'app: app\nurl: /0\ndialog "it"\n  {between.join(steps)}\n'
    assume(run_with(source, documents).passed)  # two sentences may be one to a Gather
    with TemporaryDirectory() as folder:
        file = Path(folder) / "it.dialog"
        file.write_text(source, "utf-8")
        update_dialogs(tm.dialogs(file, names={"app": application(documents)}))
        written = file.read_text("utf-8")

    result = run_with(written, documents)
    assert result.passed
    assert result.call is not None
    # two sentences that are said into one Gather leave the last documents unheard
    requested = {int(each.url.rpartition("/")[2]) for each in result.call.webhooks}
    place = data.draw(st.sampled_from(sorted(requested)))
    words = list(re.finditer(r"(?<=[>\s])[^<>\s='/]+(?=[\s.])(?![^<]*>)", documents[place]))
    assume(words)
    word = data.draw(st.sampled_from(words))
    changed = f"{documents[place][: word.start()]}otherwise{documents[place][word.end() :]}"

    assert not run_with(written, [*documents[:place], changed, *documents[place + 1 :]]).passed
