"""The story of the first notebook, as typed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

import twilio_magic as tm
from tests.calls import DEMO, FROM, TO, heard, kinds, told

from .conftest import Notebook

GREETING = (
    "%%twiml greeting",
    "<Response>",
    "  <Say>Welcome to Example Limited.</Say>",
    '  <Gather numDigits="1">',
    "    <Say>Press 1 for sales, or 2 for support.</Say>",
    "  </Gather>",
    "  <Say>Goodbye.</Say>",
    "</Response>",
)


def test_loading_the_extension_prints_nothing(notebook: Notebook) -> None:
    result = notebook.run("%reload_ext twilio_magic")

    assert (result.success, notebook.printed, notebook.displayed) == (True, "", [])


def test_the_articles_call_shows_status_duration_and_timeline(
    notebook: Notebook, shown: Callable[[object], str]
) -> None:
    call = notebook.call(f"%call {TO} --from {FROM} --url {DEMO}")

    assert (call.status, call.duration) == ("completed", 12)
    card = shown(call)
    assert f"{FROM} → {TO}, completed, connected for 12 s" in card
    places = [card.index(word) for word in ("queued", "ringing", "answered", "said", "hung up")]
    assert places == sorted(places)


def test_a_document_shows_its_verdict_its_lines_and_what_the_caller_experiences(
    notebook: Notebook, shown: Callable[[object], str]
) -> None:
    document = notebook.value(*GREETING)
    preview = shown(document)

    assert isinstance(document, tm.Document)
    assert "✓ greeting: Twilio accepts this document" in preview
    assert "3 │   <Say>Welcome to Example Limited.</Say>" in preview
    assert "Welcome to Example Limited" in preview.partition("The caller:")[2]
    assert notebook.shell.user_ns["greeting"] is document


def test_a_document_is_called_by_its_name_and_the_phone_follows_its_script(
    notebook: Notebook,
) -> None:
    notebook.value(*GREETING)
    call = notebook.call(
        f'%call {TO} --from {FROM} --twiml greeting --phone "answer; press 1; hang up"'
    )

    assert told(call, "gathered") == ["1"]
    assert f"{TO}: [presses 1]" in heard(call)
    assert told(call, "hung up") == [f"by {TO}"]


def test_the_phones_script_is_for_this_call_only(notebook: Notebook) -> None:
    busy = notebook.call(f"%call {TO} --from {FROM} --twiml '<Response/>' --phone busy")
    after = notebook.call(f"%call {TO} --from {FROM} --twiml '<Response/>'")

    assert (busy.status, after.status) == ("busy", "completed")


@pytest.mark.parametrize("app", ["app", "$app_sid"])
def test_an_application_is_called_by_its_name_or_its_sid(notebook: Notebook, app: str) -> None:
    notebook.value(*GREETING)
    notebook.value(
        "import twilio_magic as tm",
        "url = tm.simulator().host(greeting)",
        "app = tm.client().applications.create(voice_url=url)",
        "app_sid = app.sid",
    )
    call = notebook.call(f'%call {TO} --from {FROM} --app {app} --phone "answer; press 1; hang up"')

    assert kinds(call).count("fetched") == 2
    assert call.webhooks[1].parameters["Digits"] == "1"


def test_the_cells_value_is_the_call(notebook: Notebook) -> None:
    notebook.call(f"%call {TO} --from {FROM} --url {DEMO}")
    transcript = notebook.value("call = _", "call.transcript")
    timeline = notebook.value("call.timeline")
    webhooks = notebook.value("call.webhooks")

    assert repr(transcript).startswith("Twilio: Hello! Your first call works.")
    assert "0:03.0  answered" in repr(timeline)
    assert repr(webhooks) == f"0:03.0  voice url: POST {DEMO} → 200"


def test_the_same_call_from_python_is_the_same_call(notebook: Notebook) -> None:
    by_magic = notebook.call(f"%call {TO} --from {FROM} --url {DEMO}")
    notebook.value("import twilio_magic as tm", "tm.simulator().reset()")
    by_hand = notebook.call(
        f'tm.client().calls.create(to="{TO}", from_="{FROM}", url="{DEMO}").wait()'
    )

    assert by_hand.fields == by_magic.fields
    assert repr(by_hand.timeline) == repr(by_magic.timeline)


def test_every_option_of_the_line_reaches_the_api(notebook: Notebook) -> None:
    call = notebook.call(
        f"%call {TO} --from {FROM} --url {DEMO} --method GET --timeout 20"
        " --status-callback https://ivr.example.com/progress"
        " --status-callback-event ringing --status-callback-event completed --record"
    )

    assert call.webhooks[1].method == "GET"
    assert told(call, "recording") == ["the call is recorded, as its creation asked"]
    assert [
        x.parameters["CallStatus"] for x in call.webhooks if x.purpose == "status callback"
    ] == [
        "ringing",
        "completed",
    ]


def test_a_call_can_be_left_to_run_later_and_kept_in_a_variable(notebook: Notebook) -> None:
    result = notebook.value(f"%call {TO} --from {FROM} --url {DEMO} --no-wait --out later")
    later = notebook.shell.user_ns["later"]

    assert result is None
    assert later.status == "queued"
    assert later.wait().status == "completed"


@pytest.mark.parametrize("line", ["%call --help", "%twiml --help"])
def test_help_is_printed_and_nothing_else_happens(notebook: Notebook, line: str) -> None:
    assert notebook.value(line) is None
    assert "usage:" in notebook.printed
    assert "example" in notebook.printed


def test_html_and_text_tell_the_same_story(notebook: Notebook) -> None:
    call = notebook.call(f"%call {TO} --from {FROM} --url {DEMO}")
    bundle = call._repr_mimebundle_()

    assert set(bundle) == {"text/plain", "text/html"}
    for event in call.timeline:
        assert event.text.partition("“")[0] in bundle["text/html"].replace("&#34;", '"')


def test_what_a_document_says_never_becomes_markup(notebook: Notebook) -> None:
    hostile = '<img src=x onerror="alert(1)">'
    escaped = hostile.replace("<", "&lt;").replace('"', "&quot;")
    document = notebook.value(
        "%%twiml", f"<Response><Say voice='man'>{escaped}</Say><!-- <b> --></Response>"
    )
    call = notebook.call(f"%call {TO} --from {FROM} --twiml _")

    assert hostile in heard(call)[0]
    for thing in (document, call):
        html = thing._repr_mimebundle_()["text/html"]  # type: ignore[attr-defined]
        assert "<img src=x" not in html
        assert html.count("<img") == html.count('<img alt="Ladder of ')
        assert "<b>" not in html.replace(f"<b>{FROM}</b>", "").replace(f"<b>{TO}</b>", "")


def test_a_displayed_object_gives_only_what_is_asked_for(notebook: Notebook) -> None:
    document = tm.parse("<Response/>")

    assert set(document._repr_mimebundle_(include=["text/plain"])) == {"text/plain"}
    assert set(document._repr_mimebundle_(exclude=["text/plain"])) == {"text/html"}
