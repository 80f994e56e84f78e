"""A world whose application has all kinds of pages, and Ctrl-C at counted moments."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from threading import Thread
from types import FrameType
from typing import Any

import twilio_magic as tm
from tests.calls import FROM, TO

HOST = "https://ivr.example.com"
OTHER = "+13105550002"
CALLER = 'answer; press 1; say "Some bread please"; wait 5; press 2; wait 3; hang up'
#: What the pages of the application say, by their paths.
PAGES: Mapping[str, str] = {
    "/webhooks": "<Say>Hello.</Say><Gather numDigits='1' action='/pressed'><Say>Press 1.</Say></Gather>",
    "/pressed": "<Play>/sound.wav</Play><Redirect>/done</Redirect>",
    "/dial": "<Dial action='/done' record='record-from-answer' recordingStatusCallback='/report'>"
    f"<Number url='/whisper' statusCallback='/report'>{OTHER}</Number></Dial>",
    "/whisper": "<Say>A call for you.</Say>",
    "/conference": "<Dial action='/done'><Conference waitUrl='/waiting' record='record-from-start' "
    "statusCallback='/report' statusCallbackEvent='start join leave end'>room</Conference></Dial>",
    "/waiting": "<Say>Please wait.</Say><Pause length='4'/>",
    "/recording": "<Record maxLength='9' action='/done' transcribe='true' transcribeCallback='/report' "
    "recordingStatusCallback='/report'/>",
    "/done": "<Say>Goodbye.</Say><Pause length='3'/>",
}
#: Those that a call begins with.
KINDS = ("/webhooks", "/dial", "/conference", "/recording")


class World:
    """A simulator with this application, which uses the API itself when something is reported to it."""

    def __init__(self) -> None:
        self.simulator = tm.Simulator()
        self.client = tm.Client(simulator=self.simulator)
        self.simulator.phones["*"] = CALLER
        for path, verbs in PAGES.items():
            self.simulator.webhook(HOST + path)(_saying(verbs))
        self.simulator.webhook(HOST + "/report")(lambda: self.client.calls.list(limit=1) and "")

    def place(self, path: str) -> tm.Call:
        """A call that begins with the page at *path*; where calls meet, another one is there before."""
        parameters: dict[str, Any] = {"to": TO, "from_": FROM, "url": HOST + path}
        if path == "/conference":
            self.client.calls.create(**parameters)
        return self.client.calls.create(
            **parameters,
            status_callback=f"{HOST}/report",
            status_callback_event=["initiated", "ringing", "answered", "completed"],
            record=path == "/webhooks",
        )

    def assert_usable(self) -> None:
        """All calls come to an end, another thread can move time, and a new call is as it should be."""
        self.simulator.run()
        other = Thread(target=self.simulator.advance, args=(1,))
        other.start()
        other.join()
        call = self.place("/webhooks").wait()

        assert call.status == "completed"
        assert not any(map(tells_a_fault, call.timeline))
        assert all(each.is_over for each in self.client.calls.list())


def _saying(verbs: str) -> Callable[[], str]:
    return lambda: f"<Response>{verbs}</Response>"


def tells_a_fault(event: tm.Event) -> bool:
    """Whether *event* asks for a report."""
    return "fault of the simulator" in event.text


def press() -> None:
    """Press Ctrl-C, which takes effect before this returns."""
    signal.raise_signal(signal.SIGINT)


@contextmanager
def pressing_at(moments: set[int]) -> Iterator[Callable[[], int]]:
    """Press it at *moments*, counted in the calls and returns of functions; gives how many there were."""
    count = 0

    def look(_: FrameType, __: str, ___: Any) -> None:
        nonlocal count
        count += 1
        if count in moments:
            press()

    sys.setprofile(look)
    try:
        yield lambda: count
    finally:
        sys.setprofile(None)
