"""The modules of verbs are loaded when a call first performs them."""

from __future__ import annotations

import subprocess
import sys

from tests.calls import FROM, TO
from twilio_magic.simulation.verbs import list_simulated
from twilio_magic.twiml import vocabulary

#: What each of these folders is for is said by no document of this test.
FLOORS = ("conferences", "payments", "queues", "sessions", "streams")
HELLO = "<Response><Say>Hello.</Say></Response>"
CONFERENCE = "<Response><Dial><Conference>Room</Conference></Dial></Response>"


def test_a_call_loads_what_it_performs_and_nothing_else() -> None:
    program = f"""if True:
        import sys
        import twilio_magic as tm

        def loaded():
            rooms = {FLOORS!r}
            return [room for room in rooms if "twilio_magic.simulation." + room in sys.modules]

        calls = tm.Client(simulator=tm.Simulator(seed=0)).calls
        calls.create(to={TO!r}, from_={FROM!r}, twiml={HELLO!r}).wait()
        assert loaded() == [], loaded()
        calls.create(to={TO!r}, from_={FROM!r}, twiml={CONFERENCE!r}).wait()
        assert "conferences" in loaded()
    """

    subprocess.run([sys.executable, "-c", program], check=True)


def test_every_simulated_verb_is_performed_by_a_module() -> None:
    """A verb that no module performs is told as not simulated; Queue is a noun of Dial, and nothing by itself."""
    verbs = [name for name in vocabulary().verbs if name in list_simulated() and name != "Queue"]

    program = f"""if True:
        import twilio_magic as tm
        for verb in {verbs!r}:
            calls = tm.Client(simulator=tm.Simulator(seed=0)).calls
            call = calls.create(to={TO!r}, from_={FROM!r}, twiml=f"<Response><{{verb}}/></Response>")
            call.wait()
            assert "not simulated" not in [event.kind for event in call.timeline], verb
    """

    subprocess.run([sys.executable, "-c", program], check=True)
