"""A call that goes on: placed by the script of a phone, or by a dialog, and moved in whatever steps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urljoin, urlsplit

from ..dialog import Dialog
from ..errors import SimulatorError
from ..records import dataclass
from ._behavior import CallerBehavior, at_host

if TYPE_CHECKING:
    from ..api import Call
    from ..dialog import DialogResult
    from ..simulation import Simulator


class Dials(Protocol):
    """What a caller knows of the application: where it is, and who calls which number."""

    host: str | None
    voice_url: str
    number: str
    address: str


@dataclass
class RunningCall:
    """A call of *behavior* in *simulator*, which is over at once where a dialog placed it.

    *reported* counts its requests that were told.
    """

    behavior: CallerBehavior
    simulator: Simulator
    calls: list[Call]
    result: DialogResult | None = None
    reported: int = 0
    failures: list[str] = field(default_factory=list)

    @property
    def is_over(self) -> bool:
        """Whether all its calls are over."""
        return all(call.fetch().is_over for call in self.calls)

    def finish(self) -> None:
        """Let all time pass that it takes."""
        self.simulator.run()

    def advance(self, seconds: float) -> None:
        """Let so many simulated *seconds* pass."""
        self.simulator.advance(seconds)

    @property
    def failure(self) -> str:
        """Why it failed, in a word or two; empty if it did not."""
        if self.result is not None:
            return "" if self.result.passed else "the dialog did not come true"
        if self.simulator.phones.failures:
            return "the script did not come true"
        return next(iter(self.failures), "") or next(self._logged_errors(), "")

    def _logged_errors(self) -> Iterator[str]:
        """What Twilio would log as errors beside its requests: a WebSocket that broke off, for example."""
        for call in self.calls:
            yield from (str(each.data["code"]) for each in call.timeline if each.kind == "failed")


def dial_application(caller: Dials, behavior: CallerBehavior, simulator: Simulator) -> RunningCall:
    """Let *caller* begin a call in *simulator*; one of a dialog is over at once."""
    if not caller.host and not caller.voice_url.startswith("http"):
        raise SimulatorError(
            f"{type(caller).__name__} calls nobody: it has no host.",
            hint='Write host = "http://127.0.0.1:5000" in the class, or give --host.',
        )
    host = (caller.host or caller.voice_url).rstrip("/")
    url = urljoin(f"{host}/", caller.voice_url)
    simulator.numbers[caller.number].voice_url = url
    if isinstance(behavior.acts, Dialog):
        parts = urlsplit(url)
        at = f"{parts.scheme}://{parts.netloc}"
        result = at_host(behavior.acts, at, parts.path or "/").run(simulator)
        return RunningCall(behavior, simulator, result.calls, result)
    call = simulator.receive(caller.address, caller.number, phone=behavior.acts)
    return RunningCall(behavior, simulator, [call])
