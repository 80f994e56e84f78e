"""Whatever is sent to whatever endpoint is answered, or refused with a reason: nothing of it is a fault of ours."""

from __future__ import annotations

from urllib.parse import quote

from hypothesis import given, settings
from hypothesis import strategies as st

import twilio_magic as tm
from twilio_magic.control import ROUTES, Route, control_app

from .driver import MENU, NUMBER

TEXTS = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        [NUMBER, "client:joe", "sip:bob@example.com", "anonymous", "eyJ.x.y", "+1*", "busy", "POST"]
    ),
)
VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), TEXTS),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=6,
)


def bodies(route: Route) -> st.SearchStrategy[object]:
    """Bodies for *route*: with its own fields, and what may be in them, with others, and anything else."""
    own = {field.name: TEXTS | VALUES for field in route.fields}
    needed = {name: own.pop(name) for name in [f.name for f in route.fields if f.required]}
    fitting: st.SearchStrategy[object] = st.fixed_dictionaries(needed, optional=own)
    return fitting | st.dictionaries(TEXTS, VALUES, max_size=3) | VALUES


CASES = st.sampled_from(ROUTES).flatmap(lambda route: st.tuples(st.just(route), bodies(route)))


@settings(max_examples=40)
@given(case=CASES, place=TEXTS)
def test_nothing_that_is_sent_is_a_fault_of_ours(case: tuple[Route, object], place: str) -> None:
    route, body = case
    simulator = tm.Simulator()
    simulator.numbers[NUMBER].voice_url = simulator.host(MENU)
    named = {"{sid}": place, "{address}": place, "{number}": place}
    path = route.shown_path
    for name, value in named.items():
        path = path.replace(name, quote(value, safe=""))
    client = control_app(simulator).test_client()
    query = body if route.method == "GET" and isinstance(body, dict) else {}
    answer = client.open(
        path,
        method=route.method,
        json=body if route.method != "GET" else None,
        query_string={name: str(value) for name, value in query.items()},
    )

    assert answer.status_code < 500
    assert answer.status_code < 400 or answer.get_json()["message"]
