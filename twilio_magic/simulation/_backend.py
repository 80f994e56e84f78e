"""The simulator as what answers a client: requests for the API, waiting for calls, and what happened in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from weakref import WeakSet

from ..deadlines import DirectSession
from ..errors import SimulatorError
from ._access import refuse_other_hosts
from ._doors import answer_request
from ._environment import Environment
from ._unmet_scripts import unmet_scripts
from .legs import _story
from .legs._call_replay import make_call_replay
from .legs._call_sound import make_call_sound
from .legs._course import CallCourse, course_of
from .legs._leg import Leg
from .mounts._wsgi import WsgiAdapter, WsgiApp

if TYPE_CHECKING:
    from requests import Session

    from ..api import Credentials, PlacedCall
    from ..errors import PhoneScriptError
    from ..ladder import Ladder
    from ..replay import Replay
    from ..sessions import WebSocketSessions
    from ..sound import Sound
    from ..timeline import Exchanges, Timeline, Transcript
    from .clock._clock import Clock
    from .clock._pacer import Pacing
    from .world._world import World


def find_leg(world: World, sid: str) -> Leg | None:
    """The leg with this *sid* in *world*, of whatever account."""
    found = (each.account.resources(Leg).get(sid) for each in list(world.accounts.values()))
    return next(filter(None, found), None)


class SimulatedBackend:
    """What a client needs of a simulator: the interface :class:`Backend` of ``api/``."""

    _world: World
    _pacings: list[Pacing]
    _addresses: list[str]
    _forks: WeakSet[SimulatedBackend]

    @property
    def pace(self) -> float | None:
        """How many simulated seconds pass in a real one by themselves; ``None`` while time stands still."""
        return self._pacings[-1].speed if self._pacings else None

    @property
    def is_live(self) -> bool:
        """``False``: nothing reaches a real phone."""
        return False

    @property
    def credentials(self) -> Credentials:
        """How a client signs in to the simulated account; recognizably not real."""
        return self._world.account.credentials

    @property
    def api_key(self) -> Credentials:
        """Another way to sign in to the simulated account: an API key and its secret."""
        return self._world.account.api_key

    def mount_on(self, session: Session) -> None:
        """Make *session* reach the simulated API, and nothing else, whatever host it asks for."""
        session.trust_env = False
        adapter = WsgiAdapter(self._api, is_own=isinstance(session, DirectSession))
        for scheme in ("https://", "http://"):
            session.mount(scheme, adapter)

    def environment(self) -> dict[str, str]:
        """The variables for a process that uses Twilio: account sid, auth token and, while the world is served, where.

        That is ``TWILIO_BASE_URL``, which no library of Twilio's reads by itself: the program sends its requests there
        instead of to https://api.twilio.com. Asking for it raises :class:`SimulatorError` where nothing is served.
        """
        return Environment(self.credentials, next(reversed(self._addresses), None))

    def http_client(self, *, is_async: bool = False) -> Any:
        """What ``twilio.rest.Client(sid, token, http_client=simulator.http_client())`` sends its requests with.

        They reach this simulator alone, in the name of its own account, whatever the sid and the token. *is_async* is
        for ``create_async`` and its like. Raises :class:`NotInstalled` without Twilio's library.
        """
        from ._http_client import http_client

        return http_client(self, is_async=is_async)

    def wait(self, call: PlacedCall) -> None:
        """Run the clock until *call* is over; in real time, until a person takes part in a call."""
        self._run_to_end_of(self._leg(call))

    def watch(self, call: PlacedCall) -> Iterator[None]:
        """Fetch *call* once it is over: simulated time passes at once."""
        self.wait(call)
        call.fetch()
        yield

    def timeline(self, call: PlacedCall) -> Timeline:
        """The events of *call* and of the legs that it made, so far, in one order."""
        return _story.timeline_of(self._leg(call))

    def transcript(self, call: PlacedCall) -> Transcript:
        """The words and keys that were heard in *call* and in the legs that it made, so far."""
        return _story.transcript_of(self._leg(call))

    def webhooks(self, call: PlacedCall) -> Exchanges:
        """The requests that *call* and the legs that it made sent so far."""
        return _story.exchanges_of(self._leg(call))

    def sessions(self, call: PlacedCall) -> WebSocketSessions:
        """The WebSocket sessions that *call* and the legs that it made had so far."""
        return _story.sessions_of(self._leg(call))

    def ladder(self, *calls: PlacedCall) -> Ladder:
        """The sequence diagram of *calls* and of the legs that they made, so far; of all calls if none is named."""
        return _story.ladder_of(self._world, map(self._leg, calls) if calls else self._legs)

    def sound(self, call: PlacedCall) -> Sound:
        """What was heard in *call* and in the legs that it made so far, as a sound."""
        return make_call_sound(self._leg(call))

    def replay(self, call: PlacedCall) -> Replay:
        """*call* and the legs that it made so far, to be played again."""
        return make_call_replay(self._leg(call))

    def to_dialog(self, call: PlacedCall) -> str:
        """*call* as a dialog: what everybody heard and did so far."""
        with self._world.lock:
            return self._leg(call).to_dialog()

    def courses(self) -> list[CallCourse]:
        """What each call went through so far that was placed or came in; those that were dialed belong to them."""
        with self._world.lock:
            return [course_of(leg) for leg in self._legs if leg.parent is None]

    def unmet_scripts(self) -> list[PhoneScriptError]:
        """An error for each script of a phone that has not come true: what it waits for never came, or has not come
        yet, or no call has reached its phone. A test asks for it at its end.
        """
        with self._world.lock:
            return unmet_scripts(self._world)

    def _leg(self, call: PlacedCall) -> Leg:
        leg = find_leg(self._world, call.sid)
        if leg is not None:
            return leg
        raise SimulatorError(
            f"There is no call {call.sid} in this simulator.",
            hint="It was deleted, or the simulator was reset since.",
        )

    def _api(self, url: str) -> tuple[WsgiApp, str]:
        refuse_other_hosts(url)
        return self._answer, ""

    def _answer(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """The simulated API as a web application: one request at a time, in the world as it is now."""
        fork = self._fork_at_work()
        if fork is not None:
            return fork._answer(environ, start_response)
        with self._world.visiting():
            return answer_request(self._world, environ, start_response)

    def _fork_at_work(self) -> SimulatedBackend | None:
        """The fork whose call waits for the application that asks now: what it asks for is meant there."""
        for fork in list(self._forks):
            if (deeper := fork._fork_at_work()) is not None:
                return deeper
            if fork._world.lock.is_laid_down:
                return fork
        return None

    @contextmanager
    def _moving(self) -> Iterator[Clock]:
        """The clock, to be moved in the block; pacings go on from where it is then."""
        try:
            yield self._world.clock
        finally:
            self._world.wake()

    def _run_to_end_of(self, leg: Leg) -> bool:
        """Run the clock until *leg* is over, or gone because the world began anew; returns whether it is.

        In real time the clock stops where a person takes part: they need their time.
        """
        with self._moving() as clock:
            if leg.clock is not clock:
                return True
            with leg.world.lock:
                end = leg.over | leg.world.attendance.begun if self._pacings else leg.over
            clock.run(end)
            clock.settle()  # what follows at once from the end of a call
        return leg.over.triggered

    @property
    def _legs(self) -> list[Leg]:
        """All legs so far. Others may place calls at this moment, when the world is served."""
        with self._world.lock:
            return self._world.all_of(Leg)
