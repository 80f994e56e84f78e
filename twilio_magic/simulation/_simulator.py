"""The simulator's front door."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, ClassVar, TypeVar, cast
from weakref import WeakSet

from ..api import Client
from ..display import Shown, count_of
from . import verbs  # noqa: F401 - loading them registers them
from ._access import guard_requests, own_token
from ._agent_settings import AgentSettings
from ._callers import GivenCaller, find_caller, register
from ._control import with_control
from ._doors import IncomingCall, take_in
from ._futures import Futures
from ._text_messages import TextMessages
from ._watching import WatchedWorld
from .legs._leg import Leg
from .mounts._agent import address_of_agent, agent_application, refuse_unless_agent
from .world._world import EventListener, Keep, World, check_keep

if TYPE_CHECKING:
    from ..api import Call
    from ..secret import Secret
    from ..twiml import Twiml
    from .clients._access_token import GivenToken
    from .clock._pacer import Pacing
    from .clock._real_time import RealTime
    from .faults._faults import Faults
    from .mounts._mounts import Mounts
    from .mounts._web import Mountable
    from .phones._phones import Given, Phones
    from .world._account import Numbers, Profile
    from .world._sip_domain import SipDomains

Function = TypeVar("Function", bound=Callable[..., object])


class Simulator(Futures, WatchedWorld, TextMessages, AgentSettings, Shown):
    """A world with one account in it, on a virtual clock.

    Deterministic: the same *seed* and the same inputs give the same sids, dates and bytes. It needs no account, no
    network and no port; only webhooks to addresses that are not mounted go out over the network, with *network*.

    *keep* bounds the memory of a world in which many calls are placed: ``"failures"`` forgets a call that is over and
    in which nothing failed when the next one begins, with its recordings; a number keeps so many of the last ones.
    """

    view: ClassVar[str] = "twilio_magic.views.world:bundle"

    def __init__(
        self,
        seed: int = 0,
        *,
        profile: Profile = "lenient",
        network: bool = True,
        keep: Keep = "all",
    ) -> None:
        self.seed, self.profile = seed, profile
        self._network, self._keep = network, check_keep(keep)
        self._token: Secret | None = None
        self._pacings: list[Pacing] = []
        self._watchers: list[EventListener] = []
        self._addresses: list[str] = []
        self._forks = WeakSet()
        self._begin()

    def reset(self, *, profile: Profile | None = None) -> None:
        """Begin anew: no calls, no applications, no mounts, no phones, and the clock at the beginning.

        *profile* is the account's from then on; without it, the profile stays. Raises :class:`WaitingInsideWebhook` in
        a webhook, a phone's function and a person's listener: the call that waits for them cannot end.
        """
        before = self._world
        before.lock.refuse_ending(before.web.in_process.is_at_work)
        before.web.in_process.end()
        self.profile = profile or self.profile
        self._begin()
        released = [leg.phone.handset.release() for leg in before.all_of(Leg)]
        before.phones.unplug([person for person in released if person is not None])

    def _begin(self) -> None:
        self._world = self._make_world()
        self._set_agent_settings()
        self._sign_in_with(self._token)

    def _make_sibling(self) -> Simulator:
        return Simulator(self.seed, profile=self.profile, network=self.network)

    def _make_world(self, now: float = 0.0) -> World:
        return World(
            self.seed,
            self.profile,
            self._pacings,
            self._watchers,
            network=self._network,
            now=now,
            keep=self._keep,
        )

    @property
    def numbers(self) -> Numbers:
        """The account's numbers: ``simulator.numbers["+12125551234"].voice_url = "https://ivr.example.com/menu"``."""
        return self._world.account.numbers

    @property
    def sip_domains(self) -> SipDomains:
        """The account's SIP domains: ``simulator.sip_domains["acme.sip.twilio.com"].voice_url = "https://…"``."""
        return self._world.account.sip_domains

    @property
    def caller_ids(self) -> Numbers:
        """The numbers that are verified: what a strict account may call from, and what a trial account may call."""
        return self._world.account.caller_ids

    @property
    def phones(self) -> Phones:
        """The players of phones, by address: ``simulator.phones["+13105555555"] = "ring 3; answer; press 1"``."""
        return self._world.phones

    @property
    def faults(self) -> Faults:
        """Faults that are made on purpose: ``simulator.faults.add("https://ivr.example.com/menu", status=500)``."""
        return self._world.faults

    @property
    def mounts(self) -> Mounts:
        """Web applications, functions and documents that answer in process, one entry for each address."""
        return self._world.web.mounts

    def mount(self, base_url: str, app: Mountable) -> None:
        """Let *app* answer for *base_url* and below: a WSGI or ASGI application, a function, a document, a running
        server, by its address, or the name of one of these in a notebook. Raises :class:`SimulatorError` for what is no
        web address, or cannot answer.
        """
        with self._world.lock:
            self._world.web.mount(base_url, app)

    def unmount(self, base_url: str) -> None:
        """Let nothing answer in process at *base_url* any more; raises :class:`SimulatorError` if nothing does."""
        with self._world.lock:
            self._world.web.mounts.remove(base_url)

    def webhook(self, url: str) -> Callable[[Function], Function]:
        """Decorator: let a plain function answer for *url*. It may take the request, a mapping of Twilio's parameters,
        and returns TwiML: text, a document, or the official SDK's ``VoiceResponse``; or ``(body, status)``. Nothing is
        an empty body: right where Twilio only reports, and an error where it asks.
        """

        def register(function: Function) -> Function:
            with self._world.lock:
                self._world.web.answer_at(url, function)
            return function

        return register

    def agent(self, url: str) -> Callable[[Function], Function]:
        """Decorator: let a function be the voice agent at *url*, ``wss://…``, for ``<Connect><ConversationRelay>``.

        It takes what the caller said, and returns what the agent says: a text, or a generator of texts; both may be
        ``async``. A mapping is sent as a message: ``{"type": "end"}``. An interruption ends its answer.

        Raises :class:`SimulatorError` for an address or a function that no agent can have.
        """
        address = address_of_agent(url)

        def register(function: Function) -> Function:
            refuse_unless_agent(function, url)
            self.mount(address, agent_application(function))
            return function

        return register

    def host(self, document: Twiml, *, at: str | None = None) -> str:
        """The address of *document*, put there as a TwiML Bin is: ``{{From}}`` is filled at each request.

        It is an address like that of a Bin, or the one that *at* gives. Raises :class:`SimulatorError` if that is none.
        """
        with self._world.lock:
            if at is None:
                return self._world.web.host(document, self._world.identities.next("EH"))
            self._world.web.host_at(at, document)
            return at

    def receive(
        self,
        from_: GivenCaller,
        to: str | None = None,
        *,
        phone: Given | None = None,
        parameters: Mapping[str, str] | None = None,
    ) -> Call:
        """Let *from_* call *to*, a number of the account, and return the call, which rings.

        What answers is the number's ``voice_url`` or application: see :attr:`numbers`. *phone* is what the caller does
        in this call, else the script that :attr:`phones` has for *from_*; ``ring 20`` at its beginning is how long the
        caller waits for an answer. *from_* may be ``anonymous``. What a carrier says of the call are *parameters*, too:
        ``{"StirVerstat": "TN-Validation-Failed-C", "CallerName": "ANN", "ForwardedFrom": "+14155550199"}``.

        A Voice SDK client calls an application: ``receive("client:joe", "AP…", parameters={"room": "blue"})``. An
        access token may stand in the place of *from_*, as text or as the official library's object; it names the
        application, too. A SIP party calls a SIP domain, with SIP headers: ``receive("sip:bob@example.com",
        "sip:alice@acme.sip.twilio.com", parameters={"X-Room": "blue"})``.

        Raises :class:`SimulatorError` if nobody answers, and with Twilio's code for a token that Twilio would refuse.
        """
        with self._world.visiting():
            caller = find_caller(self._world, from_, to, parameters or {})
        leg = IncomingCall(caller, phone, self.phones.meanwhile)(self._world)
        return Client(simulator=self, account_sid=leg.account_sid).calls.fetch(leg.sid)

    def register(self, token: GivenToken) -> str:
        """Register the Voice SDK client that signs in with the access *token*, so that it can be called.

        Returns its address, ``client:NAME``: :attr:`phones` may have a script for it. The registration lasts, in
        simulated time, for what is left of the token's life. After that, or once it unregisters, nobody is reached
        there. Raises :class:`SimulatorError` with Twilio's code for a token that Twilio would refuse.
        """
        return cast("str", take_in(self._world, lambda world: register(world, token)))

    def unregister(self, identity: str) -> None:
        """End the registration of a Voice SDK client; raises :class:`SimulatorError` if it is not registered."""
        take_in(self._world, lambda world: world.clients.unregister(identity))

    def advance(self, seconds: float) -> None:
        """Let *seconds* of simulated time pass. An interrupt stops it between two things that happen; it can go on."""
        with self._moving() as clock:
            clock.advance(seconds)

    def run(self) -> None:
        """Let time pass until every call is over and every message has arrived, but for those that are scheduled.

        In real time, until a person takes part in a call.
        """
        while going := [leg for leg in self._legs if not leg.over.triggered]:
            if not all(self._run_to_end_of(leg) for leg in going):
                return
        with self._moving() as clock:
            clock.settle()  # what follows at once from the end of a call
            while under_way := [each for each in self.messages if each.is_under_way]:
                clock.run(under_way[0].over)

    @contextmanager
    def serve(
        self, port: int = 0, *, speed: float | None = None, token: str | bool | None = None
    ) -> Iterator[str]:
        """Serve this world over HTTP on 127.0.0.1 while the block runs; gives the base URL, for any language's SDK.

        *port* 0 is a free one. Without *speed* time stands still unless it is waited for; with it, so many simulated
        seconds pass in a real one. Web pages are refused. *token* is an auth token of its own, ``True`` a random one;
        :attr:`credentials` and :meth:`environment` have it meanwhile. Below ``/simulator/`` there are endpoints that
        drive the world, and a page that shows it. Raises :class:`SimulatorError` if the port cannot be had.
        """
        from .server import passing_time, serving

        served = serving(guard_requests(with_control(self._answer, self)), port)
        time = passing_time(lambda: self._world.clock, speed, self._pacings)
        with own_token(token, self._token, self._sign_in_with), served as base_url, time:
            self._addresses.append(base_url)
            try:
                yield base_url
            finally:
                self._addresses.remove(base_url)

    def _sign_in_with(self, token: Secret | None) -> None:
        self._token = token
        self._world.use_token(token)

    def real_time(self, speed: float = 1) -> RealTime:
        """Let simulated time pass by itself, *speed* seconds in a real one, while no cell of the notebook runs.

        Returns what stops it: ``time.stop()``, or ``with simulator.real_time(): await …``.
        """
        from .clock._real_time import RealTime

        return RealTime(lambda: self._world.clock, speed, self._pacings)

    def __repr__(self) -> str:
        return f"<Simulator seed={self.seed}, {count_of(self.call_count, 'call')}>"
