"""A notebook that is exported to Markdown has no picture and no link that comes from what others wrote."""

from __future__ import annotations

from collections.abc import Callable
from html.parser import HTMLParser

import mistune
import nbformat
import pytest
from markdown_it import MarkdownIt
from nbconvert import MarkdownExporter
from nbformat import NotebookNode

import twilio_magic as tm
from tests.calls import FROM, TO
from twilio_magic.api import LANGUAGES, code
from twilio_magic.display import html_block
from twilio_magic.views import Explanation

EVIL = "evil.example"
PICTURE = f"![x](http://{EVIL}/x.png)"
LINK = f"[x](http://{EVIL}/) <http://{EVIL}/> [y]"
BODY = f"""one

{PICTURE}
{LINK}

[y]: http://{EVIL}/ "title"

{"  "}

# {PICTURE}

    {LINK}

</pre></div>

{PICTURE}\r\r{PICTURE}\x0b\x0b{PICTURE}\x85\x85{PICTURE}\u2028\u2028{PICTURE}

<img src="http://{EVIL}/x.png"> <a href="http://{EVIL}/">x</a>
"""
IN_XML = "".join(
    {"<": "&lt;", ">": "&gt;", "&": "&amp;"}.get(char, char) for char in BODY if char != "\x0b"
)
_IVR = "https://ivr.example.com"

Render = Callable[[str], str]


def _with_links_in_html(text: str) -> str:
    """As renderers that read Markdown inside of HTML do: whatever is no tag is Markdown."""
    render = MarkdownIt("commonmark", {"html": False}).enable(["link", "image"])
    parts: list[str] = []

    class Parts(HTMLParser):
        def handle_data(self, data: str) -> None:
            parts.append(render.renderInline(data.strip()))

    Parts(convert_charrefs=False).feed(text)
    return "\n".join(parts)


RENDERERS: dict[str, Render] = {
    "CommonMark": MarkdownIt("commonmark", {"html": True}).render,
    "GitHub's tables and strikethrough": MarkdownIt(
        "gfm-like", {"html": True, "linkify": False}
    ).render,
    "mistune": lambda text: str(mistune.create_markdown(escape=False)(text)),
}


class _Targets(HTMLParser):
    """Where the links and the pictures of a page lead."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [
            f"{tag}: {value}" for name, value in attrs if name in ("src", "href", "srcset")
        ]


def targets(page: str) -> list[str]:
    parser = _Targets()
    parser.feed(page)
    return [each for each in parser.found if EVIL in each]


@pytest.fixture
def shown(simulator: tm.Simulator, client: tm.Client) -> list[object]:
    """Objects as cells show them, each with the hostile body wherever it has a place for one."""
    documents = {
        f"{_IVR}/voice": f"<Response><Say>{IN_XML}</Say><Gather action='/next'><Say>{IN_XML}</Say></Gather></Response>",
    }

    @simulator.webhook(f"{_IVR}/voice")
    def voice() -> str:
        return documents[f"{_IVR}/voice"]

    @simulator.webhook(f"{_IVR}/next")
    def after() -> tuple[str, int]:
        return BODY, 500

    simulator.phones[TO] = f"say '{PICTURE} {LINK}'; press 1; hang up"
    call = client.calls.create(to=TO, from_=FROM, url=f"{_IVR}/voice").wait()
    text = client.calls.create(to=TO, from_=FROM, twiml=documents[f"{_IVR}/voice"]).wait()
    document = tm.parse(documents[f"{_IVR}/voice"], name=PICTURE)
    refused = tm.parse(f"<Response><Say voise='{PICTURE}'>{IN_XML}</Say></Response>")
    request = client.calls.prepare(to=TO, from_=FROM, twiml=documents[f"{_IVR}/voice"])
    return [
        *(call, text, call.ladder(), call.notifications.list(), client.calls.list()),
        *(document, refused, request, Explanation(document)),
        *(code(request, name) for name in LANGUAGES),  # type: ignore[arg-type] # each is one
    ]


def _book(things: list[object]) -> NotebookNode:
    """A notebook that shows *things*, and prints them."""
    cells = []
    for thing in things:
        bundle = thing._repr_mimebundle_()  # type: ignore[attr-defined] # the display protocol
        plain = {"text/plain": repr(thing)}
        outputs = [
            nbformat.v4.new_output("execute_result", bundle, execution_count=1),
            nbformat.v4.new_output("display_data", {"text/plain": bundle["text/plain"]}),
            nbformat.v4.new_output("display_data", plain),
            nbformat.v4.new_output("stream", name="stdout", text=f"{thing!r}\n"),
        ]
        cells.append(nbformat.v4.new_code_cell("thing", outputs=outputs, execution_count=1))
    book: NotebookNode = nbformat.v4.new_notebook(cells=cells)
    return book


@pytest.mark.parametrize("way", RENDERERS)
def test_no_picture_or_link_comes_from_a_body(shown: list[object], way: str) -> None:
    exported, _ = MarkdownExporter().from_notebook_node(_book(shown))

    assert EVIL in exported
    assert targets(RENDERERS[way](exported)) == []


@pytest.mark.parametrize("way", RENDERERS)
def test_no_html_is_ended_by_a_body(shown: list[object], way: str) -> None:
    """... each alone, and with Markdown around it."""
    for thing in shown:
        html = thing._repr_mimebundle_()["text/html"]  # type: ignore[attr-defined]
        page = RENDERERS[way](f"before\n\n{html}\n\nafter")

        assert targets(page) == []
        assert page.strip().endswith("<p>after</p>")


def test_renderers_that_read_markdown_in_html_find_none(shown: list[object]) -> None:
    for thing in shown:
        html = thing._repr_mimebundle_()["text/html"]  # type: ignore[attr-defined]

        assert targets(_with_links_in_html(html)) == []


def test_errors_are_no_markdown(client: tm.Client) -> None:
    with pytest.raises(tm.TwilioMagicError) as raised:
        client.calls.create(to=f"{PICTURE}\n\n{PICTURE}", from_=FROM, url=_IVR)
    error = nbformat.v4.new_output(
        "error", ename="x", evalue=str(raised.value), traceback=raised.value._render_traceback_()
    )
    cell = nbformat.v4.new_code_cell("x", outputs=[error], execution_count=1)
    exported, _ = MarkdownExporter().from_notebook_node(nbformat.v4.new_notebook(cells=[cell]))

    for render in RENDERERS.values():
        assert targets(render(exported)) == []


def test_the_trap_is_set() -> None:
    """What the tests look for is found where nobody takes care."""
    html = f"<div><pre>{BODY}</pre></div>"

    for render in (*RENDERERS.values(), _with_links_in_html):
        assert targets(render(html))


def test_html_reads_as_before() -> None:
    """... blank lines and brackets included."""
    said: list[str] = []

    class Said(HTMLParser):
        def handle_data(self, data: str) -> None:
            said.append(data)

    Said().feed(html_block("<pre>a\n\n \n[b]\n</pre>"))

    assert "".join(said) == "a\n\n \n[b]\n"
