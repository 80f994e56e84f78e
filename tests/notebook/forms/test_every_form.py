"""What holds for every form: labels, stills, hostile text, secrets, saved size, and threads."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import ipywidgets
import pytest

import twilio_magic as tm
from tests.calls import FROM, TO
from tests.notebook.conftest import Notebook
from twilio_magic.notebook.forms import CallForm, PhoneForm, TwimlForm

from .front import choose, everything, fill, press, said

Form = CallForm | PhoneForm | TwimlForm
#: What keeps the arrow keys in JupyterLab: text, and buttons. A dropdown or a list box loses them to the notebook.
OPERABLE = {"Text", "Combobox", "Textarea", "Checkbox", "ToggleButton", "ToggleButtons", "Button"}
SHOWING = {"Box", "HTML", "Label"}
HOSTILE = "<img src=x onerror=alert(1)>\"'</textarea><script>alert(1)</script>&amp;"
MENU = '<Response><Gather numDigits="1"><Say>Press 1.</Say></Gather></Response>'

MAKERS: dict[str, Callable[[], Form]] = {
    "call": tm.call_form,
    "twiml": lambda: tm.twiml_form(MENU),
    "phone": tm.phone_form,
}


@pytest.fixture(params=MAKERS)
def form(request: pytest.FixtureRequest, notebook: Notebook) -> Form:
    tm.simulator().phones["+14155550100"] = "busy"
    return MAKERS[request.param]()


def test_every_control_can_be_used_by_keyboard_and_says_what_it_is(form: Form) -> None:
    controls = [each for each in everything(form.widget) if type(each).__name__ not in SHOWING]

    assert {type(each).__name__ for each in controls} <= OPERABLE
    assert [each for each in controls if not each.description.strip()] == []
    assert not [each for each in controls if getattr(each, "icon", "")]
    assert not [each for each in controls if getattr(each, "description_allow_html", False)]


def test_a_form_has_a_stable_repr_and_a_still_beside_its_widget(form: Form) -> None:
    bundle, again = form._repr_mimebundle_(), form._repr_mimebundle_()

    assert "application/vnd.jupyter.widget-view+json" in bundle
    assert bundle == again
    assert bundle["text/plain"] == repr(form)
    assert not re.search(r"0x[0-9a-f]{6}", repr(form))
    assert form.name in bundle["text/html"]
    assert "run the cell to use it" in bundle["text/html"]
    assert not re.search(r"<script|<input|<textarea|\son\w+=|\sid=", bundle["text/html"])


def test_a_still_shows_what_was_filled_in(notebook: Notebook) -> None:
    call = tm.call_form()
    fill(call.options.field("Timeout").control, "17")
    press(call.simulate)
    still = call._repr_mimebundle_()["text/html"]

    assert TO in still
    assert "17" in still
    assert "%%call" in still
    assert "What happened" in still


def test_only_what_is_asked_for_is_in_the_bundle(form: Form) -> None:
    assert set(form._repr_mimebundle_(include=["text/html"])) == {"text/html"}
    assert "text/html" not in form._repr_mimebundle_(exclude=["text/html"])


def shown(form: Form) -> str:
    """All HTML that a form has."""
    bundle = form._repr_mimebundle_()
    parts = [each.value for each in everything(form.widget) if isinstance(each, ipywidgets.HTML)]
    return "\n".join([*parts, bundle["text/html"]])


def test_hostile_text_stays_text(form: Form) -> None:
    for control in list(everything(form.widget)):
        if type(control).__name__ in ("Text", "Combobox", "Textarea"):
            fill(control, HOSTILE)
    for each in list(everything(form.widget)):
        if type(each).__name__ == "Button" and not each.disabled:
            press(each)

    assert "<img" not in shown(form)
    assert "<script" not in shown(form)


def test_a_document_with_hostile_text_stays_text(notebook: Notebook) -> None:
    form = tm.twiml_form("<Response><Say voice='&lt;img src=x>'>&lt;script>hi</Say></Response>")
    form.select((0,))

    assert "<img" not in shown(form)
    assert "<script" not in shown(form)


def test_no_secret_is_in_the_saved_state(notebook: Notebook) -> None:
    notebook.value("import os; os.environ['TWILIO_AUTH_TOKEN'] = 'top-secret-token'")
    form = tm.call_form()
    press(form.simulate)
    notebook.value("del os.environ['TWILIO_AUTH_TOKEN']")
    state = json.dumps([each.get_state() for each in everything(form.widget)], default=str)

    assert "top-secret-token" not in state
    assert "simulated-auth-token" not in state
    assert "SipAuthPassword" not in {getattr(w, "description", "") for w in everything(form.widget)}


@pytest.mark.parametrize("name", MAKERS)
def test_a_form_is_small_in_a_saved_notebook(notebook: Notebook, name: str) -> None:
    ipywidgets.Widget.close_all()
    MAKERS[name]()
    state = ipywidgets.Widget.get_manager_state(drop_defaults=True)

    assert len(json.dumps(state)) < 120_000


def test_a_form_is_made_again_after_all_widgets_were_closed(notebook: Notebook) -> None:
    ipywidgets.Widget.close_all()
    form = tm.call_form()
    press(form.simulate)

    assert form.call is not None
    assert all(each.layout.comm is not None for each in everything(form.widget))


def test_selecting_elements_leaves_no_widgets_behind(notebook: Notebook) -> None:
    form = tm.twiml_form(MENU)
    sizes = []
    for _ in range(3):
        for path in form.draft.parts:
            form.select(path)
        sizes.append(len(ipywidgets.Widget.get_manager_state()["state"]))

    assert sizes[1] == sizes[2]


def _repeated(job: Callable[[], Any], times: int) -> None:
    for _ in range(times):
        job()


def hammer(*jobs: Callable[[], Any], times: int = 12) -> None:
    """Do all *jobs* many times, on a thread each; an error in one is raised."""
    with ThreadPoolExecutor(len(jobs)) as pool:
        running = [pool.submit(_repeated, job, times) for job in jobs]
        for each in running:
            each.result(timeout=60)


def test_a_call_form_is_used_on_many_threads(notebook: Notebook) -> None:
    form = tm.call_form()
    timeout, record = form.options.field("Timeout").control, form.options.field("Record").control
    numbers = iter(range(10, 1000))
    hammer(
        lambda: fill(timeout, str(next(numbers))),
        lambda: fill(record, not record.value),
        lambda: fill(form.phone.control, "answer; press 1" if next(numbers) % 2 else "answer; pre"),
        lambda: choose(form.code_preview.language, "curl" if next(numbers) % 2 else "%call"),
        lambda: press(form.simulate),
        lambda: tm.client().calls.create(to=TO, from_=FROM, twiml=MENU).wait(),
    )
    fill(form.phone.control, "answer")
    fill(timeout, "33")
    press(form.simulate)

    assert "--timeout 33" in form.text
    assert form.call is not None
    assert form.call.status == "completed"
    assert len(tm.simulator().phones) == 0
    assert {call.status for call in tm.client().calls.list()} == {"completed"}


def test_a_twiml_form_is_used_on_many_threads(notebook: Notebook) -> None:
    form = tm.twiml_form()
    form.inside.buttons["Response", "Say"].click()
    hammer(
        form.inside.buttons["Response", "Say"].click,
        form.after.buttons["Response", "Pause"].click,
        form.up.click,
        form.outline.widget.children[0].click,
        form.delete.click,
    )

    assert tm.parse(form.document.text) == form.document
    assert len(form.outline.widget.children) == len(form.draft.parts)


def test_phone_forms_are_used_on_many_threads(notebook: Notebook) -> None:
    forms = [tm.phone_form() for _ in range(4)]

    def give(form: PhoneForm, number: str) -> None:
        fill(form.number.control, number)
        fill(form.script.control, "busy")
        press(form.give)

    hammer(*(partial(give, f, f"+1310555000{n}") for n, f in enumerate(forms)))
    notebook.value("1")  # every form looks again

    assert len(tm.simulator().phones) == 4
    assert {len(form.buttons) for form in forms} == {4}


def test_unloading_leaves_no_form_listening(notebook: Notebook) -> None:
    tm.call_form()
    before = len(notebook.shell.events.callbacks["post_run_cell"])
    extensions = notebook.shell.extension_manager
    assert extensions is not None
    extensions.unload_extension("twilio_magic")
    after = len(notebook.shell.events.callbacks["post_run_cell"])
    extensions.load_extension("twilio_magic")

    assert after == before - 1


def test_a_form_works_without_a_notebook() -> None:
    from IPython.core.interactiveshell import InteractiveShell

    InteractiveShell.clear_instance()
    form = tm.call_form()
    press(form.simulate)
    press(form.copy)

    assert form.call is not None
    assert "There is no notebook here" in said(form.widget)
