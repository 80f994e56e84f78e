"""What the extension of JupyterLab asks of the kernel while a cell is typed; a real kernel answers through its comm."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from jupyter_client.blocking.client import BlockingKernelClient

import twilio_magic as tm
from twilio_magic import twiml
from twilio_magic.notebook.lab import check_cell, format_cell

from .lab_page import Page, running_kernel

FIELDS = ("code", "level", "message", "hint", "name", "line", "column")
DOCUMENTS = (
    "<Response>\n  <Sai>hi</Sai>\n</Response>",
    "<Response><Gather numDigit='1' action='menu'/><Say voice='Polly.Joana'>🎈</Say></Response>",
    "<Response><Connect><ConversationRelay/></Connect></Response>",
    "<Response><Dial></Dial><Redirect>x</Redirect><Say>never</Say></Response>",
    "<Say>alone</Say>",
    "<Response>&amp; words <Play/></Response>",
)


@pytest.fixture(scope="module")
def kernel() -> Iterator[BlockingKernelClient]:
    with running_kernel() as client:
        yield client


@pytest.fixture(scope="module")
def page(kernel: BlockingKernelClient) -> Page:
    return Page(kernel)


def mended(cell: str, fix: dict[str, Any]) -> str:
    """The document of *cell* after *fix*."""
    text = cell.partition("\n")[2]
    for change in reversed(fix["changes"]):
        text = text[: change["start"]] + change["text"] + text[change["end"] :]
    return text


@pytest.mark.parametrize("text", DOCUMENTS)
def test_problems_while_typing_are_those_of_the_cell(notebook: Any, text: str) -> None:
    cell = f"%%twiml menu --inline\n{text}"
    notebook.run(*cell.split("\n"))
    problems = notebook.shell.user_ns["menu"].problems

    told = [
        str(twiml.Problem(**{name: each[name] for name in FIELDS})) for each in check_cell(cell, {})
    ]

    assert told == [str(each) for each in problems]
    assert told


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<Response><Sai>hi</Sai></Response>", "<Response><Say>hi</Say></Response>"),
        ("<Response><Gather numDigit='1'/></Response>", "<Response><Gather numDigits='1'/></Response>"),
        ("<Response><Say voice='Polly.Joana'/></Response>", "<Response><Say voice='Polly.Joanna'/></Response>"),
        ("<Response><Start><Stream/></Start></Response>", '<Response><Start><Stream url=""/></Start></Response>'),
        ("<Response><Play>/a.mp3</Play></Response>", "<Response><Play>https://example.com/a.mp3</Play></Response>"),
        ("<Response><Gather action='menu'/></Response>", "<Response><Gather action='https://example.com/menu'/></Response>"),
    ],
)  # fmt: skip
def test_a_fix_changes_what_is_wrong_and_nothing_else(text: str, expected: str) -> None:
    cell = f"%%twiml --inline\n{text}"
    fixes = [fix for problem in check_cell(cell, {}) for fix in problem["fixes"]]

    assert mended(cell, fixes[0]) == expected


def test_names_are_filled_and_one_that_runs_code_is_left_for_later() -> None:
    class Trap:
        @property
        def name(self) -> str:
            pytest.fail("typing ran code of the notebook")

    cell = "%%twiml\n<Response><Sai>${caller.name}</Sai></Response>"

    assert check_cell("%%twiml\n<Say>$who</Say>", {"who": "Ann"})[0]["name"] == "no-root"
    assert check_cell("%%twiml\n<Say>$who</Say>", {})[0]["message"] == "$who has no value"
    assert check_cell(cell, {"caller": Trap()}) == []
    assert check_cell("%%twiml\n<Sai>$caller</Sai>", {"caller": Trap()}) == []


@pytest.mark.parametrize(
    "cell", ["", "print('<Sai/>')", "%%twimlish\n<Sai/>", "%twiml\n<Sai/>", "%%twiml"]
)
def test_a_cell_that_is_no_twiml_has_no_problems(cell: str) -> None:
    assert check_cell(cell, {}) == []
    assert format_cell(cell) == cell


def test_formatting_a_cell_keeps_its_first_line() -> None:
    text = "<Response><Say>a</Say></Response>"

    formatted = format_cell(f"%%twiml menu --quiet\n{text}")

    assert formatted == f"%%twiml menu --quiet\n{twiml.format(text).rstrip()}"


def test_a_page_gets_the_problems_of_a_cell(page: Page) -> None:
    reply = page.ask({"id": 1, "ask": "check", "text": "%%twiml\n<Response><Sai/></Response>"})

    assert reply["id"] == 1
    assert reply["answer"][0]["code"] == 12200


def test_a_document_that_cannot_be_read_is_not_formatted(page: Page) -> None:
    assert (
        "not well-formed" in page.ask({"id": 2, "ask": "format", "text": "%%twiml\n<a>"})["error"]
    )


@pytest.mark.parametrize(
    "data", ["x", 7, None, [], {}, {"id": "7"}, {"id": None, "ask": "check"}, {"id": [], "text": 1}]
)
def test_what_is_no_question_gets_no_answer(page: Page, data: Any) -> None:
    page.send(data)

    assert page.ask({"id": 3, "ask": "nothing"}) == {"id": 3, "answer": None}


@pytest.mark.parametrize("text", [7, None, {}, "%%twiml\n" + "<" * 200_000])
def test_a_question_about_no_text_or_too_much_has_no_answer(page: Page, text: Any) -> None:
    assert page.ask({"id": 4, "ask": "check", "text": text}) == {"id": 4, "answer": None}


def test_a_form_puts_its_cell_below_the_current_one(
    kernel: BlockingKernelClient, page: Page
) -> None:
    kernel.execute("from twilio_magic.notebook._next_cell import write_to_next_cell as w; w('# 1')")

    assert page.receive() == {"insert": "# 1"}


def test_without_a_page_nothing_is_put_anywhere() -> None:
    from twilio_magic.notebook.lab import write_below

    assert not write_below(f"# {tm.__version__}")
