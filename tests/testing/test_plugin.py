"""The pytest plugin: a world for each test, and scripts that must come true."""

from __future__ import annotations

import pytest

ARRANGED = """
import pytest

@pytest.fixture
def call(twilio_simulator, twilio_client):
    def call(phone):
        twilio_simulator.phones["+13105555555"] = phone
        return twilio_client.calls.create(
            to="+13105555555",
            from_="+12125551234",
            twiml="<Response><Gather numDigits='1'><Say>Press 1 for sales.</Say></Gather></Response>",
        ).wait()
    return call
"""


@pytest.fixture
def project(pytester: pytest.Pytester) -> pytest.Pytester:
    """A project whose tests may use the plugin, as installed."""
    pytester.makeconftest(ARRANGED)
    return pytester


def test_the_plugin_is_there_once_the_package_is_installed(
    project: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    """... beside all other plugins that are installed."""
    monkeypatch.delenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD")
    monkeypatch.delenv("PYTEST_PLUGINS")
    project.makepyfile("def test_menu(call): assert call('press 1').is_over")

    project.runpytest_subprocess().assert_outcomes(passed=1)


def test_each_test_has_a_world_of_its_own(project: pytest.Pytester) -> None:
    project.makepyfile(
        """
        import pytest

        @pytest.mark.parametrize("time", [1, 2])
        def test_menu(call, twilio_client, time):
            made = call("hear 'press 1'; hang up")
            assert made.sid == "CA87e5903c7fbfc154be938dda1839b56d"
            assert len(twilio_client.calls.list()) == 1
        """
    )

    project.runpytest_subprocess().assert_outcomes(passed=2)


def test_a_script_that_does_not_come_true_fails_its_test(project: pytest.Pytester) -> None:
    project.makepyfile(
        """
        def test_menu(call):
            assert call("hear 'press 9'; press 9").status == "completed"
        """
    )
    result = project.runpytest_subprocess()

    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["+13105555555 waited to hear*press 9*"])


def test_a_number_of_calls_that_nobody_counts_is_a_failure(project: pytest.Pytester) -> None:
    project.makepyfile(
        """
        import pytest
        import twilio_magic as tm

        @pytest.mark.twilio_calls(0)
        def test_calls():
            with tm.mock_twilio():
                pass
        """
    )
    result = project.runpytest_subprocess()

    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["Nobody counts the calls of this test*twilio_simulator*"])


def test_a_failure_that_is_expected_can_be_cleared(project: pytest.Pytester) -> None:
    project.makepyfile(
        """
        def test_menu(call, twilio_simulator):
            call("hear 'press 9'")
            assert twilio_simulator.phones.failures
            twilio_simulator.phones.failures.clear()
        """
    )

    project.runpytest_subprocess().assert_outcomes(passed=1)


def test_a_number_is_called_in_a_line(project: pytest.Pytester) -> None:
    project.makepyfile(
        """
        def test_menu(twilio_call, twilio_simulator):
            twilio_simulator.webhook("https://ivr.example.com")(lambda: "<Response><Say>Hi.</Say></Response>")
            call = twilio_call("+12125551234", "hear 'hi'", from_="+13105555555", url="https://ivr.example.com")

            assert (call.from_, call.to, call.status) == ("+13105555555", "+12125551234", "completed")
            assert twilio_call("+12125551234").from_ == "+14155550100"
        """
    )

    project.runpytest_subprocess().assert_outcomes(passed=1)


def test_the_plugin_loads_nothing_heavy_for_tests_that_do_not_ask(
    project: pytest.Pytester,
) -> None:
    project.makepyfile(
        """
        import sys

        def test_nothing():
            assert "twilio_magic.testing" in sys.modules
            assert not {"flask", "requests", "lxml", "simpy", "IPython"} & set(sys.modules)
        """
    )

    project.runpytest_subprocess("-p", "no:anyio", "-p", "no:nbval").assert_outcomes(passed=1)


ASKING_A_SERVER = """
import threading
from wsgiref.simple_server import make_server
import pytest

@pytest.fixture
def server():
    def app(environ, start_response):
        start_response("200 OK", [("Content-Type", "text/xml")])
        return [b"<Response><Say>Inside.</Say></Response>"]
    with make_server("127.0.0.1", 0, app) as running:
        threading.Thread(target=running.serve_forever, args=(0.05,), daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}/"
        running.shutdown()

def call(client, url):
    return client.calls.create(to="+13105555555", from_="+12125551234", url=url).wait()

def test_a_server(server, twilio_client):
    assert [line.text for line in call(twilio_client, server).transcript] == ["Inside."]
"""


def test_the_world_of_a_test_has_no_network(project: pytest.Pytester) -> None:
    project.makepyfile(ASKING_A_SERVER.replace("== [", "!= ["))

    project.runpytest_subprocess().assert_outcomes(passed=1)


def test_a_test_may_switch_the_network_on(project: pytest.Pytester) -> None:
    switched = """
def test_switched(server, twilio_simulator, twilio_client):
    twilio_simulator.network = True
    test_a_server(server, twilio_client)
"""
    project.makepyfile(ASKING_A_SERVER + switched)

    project.runpytest_subprocess("-k", "switched").assert_outcomes(passed=1, deselected=1)


def test_the_configuration_may_switch_the_network_on(project: pytest.Pytester) -> None:
    project.makeini("[pytest]\ntwilio_network = true")
    project.makepyfile(ASKING_A_SERVER)

    project.runpytest_subprocess().assert_outcomes(passed=1)
