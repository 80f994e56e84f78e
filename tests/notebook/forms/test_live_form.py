"""A form rings a real phone only in live mode, and only after a person agreed."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

import twilio_magic as tm
from tests.calls import FROM, TO
from tests.live.person import Person
from tests.live.server import Server, call, refuses, says, serving
from tests.notebook.conftest import Notebook
from twilio_magic.notebook._session import session
from twilio_magic.notebook.forms import CallForm

from .front import fill, is_shown, press, said

GoLive = Callable[[Server, Person], None]


@pytest.fixture
def go_live(notebook: Notebook) -> Iterator[GoLive]:
    def now_live(server: Server, person: Person) -> None:
        session().go_live(person.client_of(server), person.guard)

    yield now_live
    session().leave_live()


@pytest.fixture
def form(notebook: Notebook) -> CallForm:
    return tm.call_form()


def sent(server: Server) -> list[dict[str, list[str]]]:
    """The calls that the server was asked to place."""
    return [body for method, _, body in server.seen if method == "POST"]


def test_there_is_no_live_button_in_the_simulator(form: CallForm) -> None:
    assert not is_shown(form.widget, form.live.place)


def test_the_live_button_comes_and_goes_with_live_mode(
    notebook: Notebook, form: CallForm, go_live: GoLive
) -> None:
    with serving(says(201, call())) as server:
        go_live(server, Person())
        notebook.run("1")  # any cell
        came = is_shown(form.widget, form.live.place)
        said_live = said(form.widget)
        notebook.run("%twilio simulator")

    assert came
    assert "a real call costs money" in said_live
    assert not is_shown(form.widget, form.live.place)


def test_the_form_asks_what_the_guard_asks_and_places_the_call_after_a_yes(
    form: CallForm, go_live: GoLive
) -> None:
    person = Person()
    with serving(says(201, call()), says(200, call("completed"))) as server:
        go_live(server, person)
        form.refresh()
        press(form.live.place)
        asked, before = said(form.widget), sent(server)
        press(form.live.yes)
        after = sent(server)

    assert f"{TO} (US)" in asked
    assert "Hello! This is my first call." in asked
    assert before == []
    assert [body["To"] for body in after] == [[TO]]
    assert person.asked == []  # nobody was asked at a keyboard that a button has not got
    assert form.call is not None
    assert form.call.sid in said(form.widget)


def test_no_places_nothing(form: CallForm, go_live: GoLive) -> None:
    with serving(says(201, call())) as server:
        go_live(server, Person())
        form.refresh()
        press(form.live.place)
        press(form.live.no)

        assert not is_shown(form.widget, form.live.yes)
        form.live.yes.click()  # a click that was under way already
        assert sent(server) == []


def test_a_costly_call_is_asked_about_twice(form: CallForm, go_live: GoLive) -> None:
    with serving(says(201, call())) as server:
        go_live(server, Person())
        form.refresh()
        fill(form.to.control, "+442071838750")
        press(form.live.place)
        press(form.live.yes)
        second, between = said(form.widget), sent(server)
        press(form.live.yes)

        assert "is in GB, not in US" in second
        assert between == []
        assert len(sent(server)) == 1


def test_a_change_in_the_form_takes_the_question_back(form: CallForm, go_live: GoLive) -> None:
    with serving(says(201, call())) as server:
        go_live(server, Person())
        form.refresh()
        press(form.live.place)
        fill(form.to.control, "+13105550000")

        assert not is_shown(form.widget, form.live.yes)
        form.live.yes.click()
        assert sent(server) == []


def test_without_a_person_nothing_real_is_done(form: CallForm, go_live: GoLive) -> None:
    with serving(says(201, call())) as server:
        go_live(server, Person(is_there=False))
        form.refresh()
        press(form.live.place)

        assert "Nobody is at the keyboard" in said(form.widget)
        assert not is_shown(form.widget, form.live.yes)
        assert sent(server) == []


def test_what_twilio_refuses_is_shown(form: CallForm, go_live: GoLive) -> None:
    with serving(refuses(400, 21210, "not verified")) as server:
        go_live(server, Person())
        form.refresh()
        press(form.live.place)
        press(form.live.yes)

    assert "21210" in said(form.widget)


def test_simulate_stays_in_the_simulator_in_live_mode(form: CallForm, go_live: GoLive) -> None:
    with serving(says(201, call())) as server:
        go_live(server, Person())
        form.refresh()
        press(form.simulate)

        assert server.seen == []
    assert form.call is not None
    assert (form.call.from_, form.call.status) == (FROM, "completed")


def test_a_form_made_in_live_mode_names_nobody_to_call(notebook: Notebook, go_live: GoLive) -> None:
    with serving(says(201, call())) as server:
        go_live(server, Person())
        form = tm.call_form()

    assert (form.to.value, form.from_.value) == ("", "")
