"""A call that asks for an address at which nothing is mounted says what is mounted near it, or how to mount it."""

from __future__ import annotations

import pytest

import twilio_magic as tm
from tests.calls import FROM, TO

SITE = "https://ivr.example.com"
PATHS = ("/menu", "/keys", "/voicemail")


def fail(url: str, *mounted: str, network: bool = False) -> tuple[int | None, str]:
    """The code and the reason with which a call fails that begins at *url*."""
    simulator = tm.Simulator(network=network)
    for address in mounted:
        simulator.mount(address, "<Response/>")
    client = tm.Client(simulator=simulator)
    made = client.calls.create(to=TO, from_=FROM, url=url).wait().webhooks[0]
    return made.code, made.error or ""


@pytest.mark.parametrize("network", [False, True])
def test_a_wrong_path_of_a_mounted_host_names_the_paths_that_are_mounted(network: bool) -> None:
    """With a network, the tests' own knows no host, as in tests/conftest.py."""
    addresses = [SITE + path for path in PATHS]
    code, said = fail(f"{SITE}/key", *addresses, network=network)

    assert code == 11210
    assert said == (
        "ivr.example.com is mounted, but not /key: did you mean /keys? Mounted there: /keys, /menu, /voicemail"
    )


def test_a_path_that_is_like_no_other_names_those_that_there_are_and_how_to_mount() -> None:
    _, said = fail(f"{SITE}/xyz", f"{SITE}/menu")

    assert said == (
        "ivr.example.com is mounted, but not /xyz, only /menu;"
        f" mount it: %mount {SITE}/xyz NAME, or simulator.mount"
    )


def test_another_scheme_or_port_of_a_mounted_host_is_told_with_the_whole_address() -> None:
    _, said = fail("http://ivr.example.com/menu", f"{SITE}/menu")

    assert said == (
        "ivr.example.com is mounted, but not /menu: did you mean https://ivr.example.com/menu?"
        " Mounted there: https://ivr.example.com/menu"
    )


def test_of_many_paths_the_nearest_are_named() -> None:
    _, said = fail(f"{SITE}/menu-12", *(f"{SITE}/menu-{n}" for n in range(12)))

    assert "did you mean /menu-1? Mounted there: /menu-1, /menu-2" in said
    assert said.endswith(" and 6 more")


def test_a_host_of_which_nothing_is_mounted_says_how_to_mount() -> None:
    _, said = fail(f"{SITE}/menu?a=1", "https://other.example.com/menu")

    assert said.endswith(f"mount it: %mount {SITE}/menu NAME, or simulator.mount")


def test_a_websocket_of_a_mounted_host_names_what_is_mounted_there(
    simulator: tm.Simulator, client: tm.Client
) -> None:
    simulator.network = False
    simulator.mount(f"{SITE}/menu", "<Response/>")
    relay = '<Connect><ConversationRelay url="wss://ivr.example.com/agent"/></Connect>'
    call = client.calls.create(to=TO, from_=FROM, twiml=f"<Response>{relay}</Response>").wait()

    assert "ivr.example.com is mounted, but not /agent, only /menu; mount it" in str(call.timeline)
