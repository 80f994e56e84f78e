"""What comes into a world from outside, noted so that it can come again in another: REST requests, calls, messages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import field
from io import BytesIO, StringIO
from typing import TYPE_CHECKING, Any, TextIO
from zlib import compress, decompress

from ..records import dataclass
from .legs._inbound import receive

if TYPE_CHECKING:
    from ._callers import CallingParty
    from .legs._leg import Leg
    from .phones._phones import Given, Meanwhile
    from .world._world import World

#: Methods that change nothing.
_SAFE = ("GET", "HEAD", "OPTIONS")
#: How answers are packed: to pack them tighter takes longer than to make them.
_QUICKLY = 1


def answer_request(
    world: World, environ: dict[str, Any], start_response: Callable[..., Any]
) -> Iterable[bytes]:
    """The answer of the simulated API to the request in *environ*, which is noted if it may change something."""
    from .rest import RestApi

    if environ["REQUEST_METHOD"] in _SAFE:
        return RestApi(world)(environ, start_response)
    request = RestRequest.read(environ, world.phones.meanwhile)
    with world.journal.noting(request):
        status, headers, body = request.send(world, environ["wsgi.errors"])
        request.status, request.packed = status, compress(body, _QUICKLY)
    start_response(status, headers)
    return [body]


@dataclass(eq=False, slots=True)
class RestRequest:
    """A request to the simulated API, with the scripts that applied *meanwhile*, and its answer, *packed*."""

    environ: dict[str, Any] = field(repr=False)
    body: bytes = field(repr=False)
    meanwhile: Meanwhile
    status: str = ""
    packed: bytes = b""

    @classmethod
    def read(cls, environ: dict[str, Any], meanwhile: Meanwhile) -> RestRequest:
        """The request in *environ*, whose body is read."""
        length = environ.get("CONTENT_LENGTH") or 0
        body = environ["wsgi.input"].read(int(length))
        streams = ("wsgi.input", "wsgi.errors")
        kept = {name: value for name, value in environ.items() if name not in streams}
        return cls(kept, body, meanwhile)

    def send(
        self, world: World, errors: TextIO | None = None
    ) -> tuple[str, list[tuple[str, str]], bytes]:
        """The answer in *world*: a status line, headers and a body. What is logged goes to *errors*, if anywhere."""
        from .rest import RestApi

        started: list[tuple[str, list[tuple[str, str]]]] = []

        def start_response(status: str, headers: list[tuple[str, str]], _: Any = None) -> Any:
            started.append((status, headers))

        environ = {**self.environ, "wsgi.input": BytesIO(self.body)}
        environ["wsgi.errors"] = StringIO() if errors is None else errors
        body = b"".join(RestApi(world)(environ, start_response))
        return (*started[-1], body)

    def __call__(self, world: World) -> None:
        """Send it again: a past that is the same has the same answer."""
        with blocks(world, self.meanwhile), world.visiting(), world.journal.noting(self):
            status, _, body = self.send(world)
        before = self.status, decompress(self.packed)
        if (status, body) != before:
            asked = self.environ["REQUEST_METHOD"], self.environ["PATH_INFO"], self.body
            world.journal.tape.difference = (*asked, *before), (*asked, status, body)


@dataclass(frozen=True, slots=True)
class IncomingCall:
    """A call of *caller*, with *phone* as what the caller does, and the scripts that applied *meanwhile*."""

    caller: CallingParty
    phone: Given | None
    meanwhile: Meanwhile

    def __call__(self, world: World) -> Leg:
        """Let it come to *world*."""
        caller = self.caller
        players = dict(self.meanwhile)
        with ExitStack() as stack:
            stack.enter_context(blocks(world, players))
            stack.enter_context(world.visiting())
            if self.phone is not None:
                stack.enter_context(world.phones.during(caller.address, self.phone))
            stack.enter_context(world.journal.noting(self))
            return receive(
                world, caller.address, caller.calls, caller.parameters, caller.assumptions
            )


@contextmanager
def blocks(world: World, players: Mapping[str, Any]) -> Iterator[None]:
    """Let these *players* be at their phones in the calls that the block places."""
    with ExitStack() as stack:
        for address, player in players.items():
            stack.enter_context(world.phones.during(address, player))
        yield


def take_in(world: World, again: Callable[[World], object]) -> object:
    """Do *again* what comes from outside, now for the first time; returns what it returns."""
    with world.visiting(), world.journal.noting(_Again(again)):
        return again(world)


@dataclass(frozen=True, slots=True)
class _Again:
    """Something else that comes from outside."""

    act: Callable[[World], object]

    def __call__(self, world: World) -> None:
        take_in(world, self.act)
