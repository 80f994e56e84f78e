"""The web that a simulated call can reach: mounts, TwiML Bins, the addresses of Twilio's samples, and the network.

Mounts and Twilio's addresses answer in process; all other requests go over the network, where that is allowed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import nullcontext
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

from requests import ConnectionError as NotConnected

from ...deadlines import DeadlineAdapter, NotPublicError, public_addresses_only
from ...errors import NotInstalled
from ...hosts import reach
from ...secret import mask_user_info
from ...twiml import Twiml, to_text
from ..addresses._addresses import find_public_application
from ..clock._interrupts import run_foreign
from ._agent import is_function_agent
from ._asgi import AsgiServer
from ._following import Following, follow
from ._forward import Forward
from ._function import Webhook, bin_webhook, function_application
from ._in_process import InProcess
from ._kind import describe_mounted, kind_of, refuse_unless_webhook
from ._lifespan import AsgiApp
from ._mounts import Mounts, Nothing, Served
from ._rehearsal import attempts_noted, rehearse
from ._socket import SocketRefused, web_address
from ._taped_reply import TapedReply, asked_by, give_reply, keep_reply
from ._taped_socket import JournalSocket
from ._unmounted import explain_unmounted, is_unknown_name
from ._wsgi import WsgiAdapter, WsgiApp, guard_app, respond

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from requests import PreparedRequest, Response

    from ..clock._journal import Journal
    from ..clock._open_work import WaitingTime
    from ._mounts import Mount
    from ._socket import Socket, SocketListener

_OUTSIDE = "Twilio could not reach this address from outside"
_NOT_PUBLIC = f"{_OUTSIDE}: it is not public"
_BIN = "https://handler.twilio.com/twiml/"


#: What can answer for an address: a WSGI or ASGI application, a function, a document, or a server's address.
Mountable = WsgiApp | AsgiApp | Webhook | Twiml | Following


class OutOfReach(NotConnected):
    """A request that was not made, because its URL is out of reach by the rules of the simulated world."""


class NothingAnswers(OutOfReach):
    """A request that was not made, because what was mounted at its URL is not there any more."""


class Web(DeadlineAdapter):
    """A transport adapter that hands requests to the application mounted at their URL; others go over the network.

    With *public_only* there is no way to local URLs, as there is none for Twilio, whatever is mounted there. Without
    *network* only mounts answer. What is asked and answered goes into *journal*.
    """

    def __init__(
        self,
        now: Callable[[], float],
        journal: Journal,
        patience: WaitingTime,
        *,
        public_only: bool = False,
        network: bool = True,
    ) -> None:
        super().__init__()
        self.journal = journal
        self.public_only = public_only
        self.network = network
        self.mounts = Mounts()
        self.in_process = InProcess(now, patience)

    def mount(self, base_url: str, app: Mountable) -> None:
        """Let *app* answer for every URL at or below *base_url*.

        Raises :class:`SimulatorError` for what cannot answer, and for what is no web address.
        """
        if isinstance(app, Following):
            find = follow(app, self._serve)
        else:
            served = self._serve(app)

            def find() -> Served:
                return served

        self.mounts.mount(base_url, find, lambda web: web.mount(base_url, app))

    def answer_at(self, url: str, webhook: Webhook) -> None:
        """Let a function answer for *url*; it may take a ``WebhookRequest``, and may be ``async``; it returns TwiML."""
        refuse_unless_webhook(webhook)
        served = replace(self._serve_function(webhook, describe_mounted(webhook)), page=webhook)
        self.mounts.mount(url, lambda: served, lambda web: web.answer_at(url, webhook))

    def host(self, twiml: Twiml, sid: str) -> str:
        """Host *twiml* at the URL of a TwiML Bin, which is returned."""
        served = self._serve_bin(to_text(twiml), "")
        self.mounts.mount(_BIN + sid, lambda: served, lambda web: web.host(twiml, sid))
        return _BIN + sid

    def host_at(self, url: str, twiml: Twiml) -> None:
        """Host *twiml* at *url*, as in a TwiML Bin."""
        served = self._serve_bin(to_text(twiml), "TwiML")
        self.mounts.mount(url, lambda: served, lambda web: web.host_at(url, twiml))

    def text_at(self, url: str) -> str | None:
        """The TwiML that is hosted at *url*; ``None`` if there is none."""
        mount = self.mounts.find(url)
        return mount.find().text if mount and mount.base_url == url else None

    def _serve(self, app: Mountable) -> Served:
        """What serves *app*; raises :class:`SimulatorError` for what cannot answer."""
        kind, shown = kind_of(app), describe_mounted(app)
        if kind == "server":
            server = Forward(cast("str", app))
            return Served(server, repr(server))
        if kind == "document":
            return replace(self._serve_bin(to_text(cast("Twiml", app)), "TwiML"), page=app)
        if kind == "asgi":
            return Served(AsgiServer(cast("AsgiApp", app)), shown, source=app)
        if kind == "webhook":
            return replace(self._serve_function(cast("Webhook", app), shown), page=app)
        return Served(guard_app(cast("WsgiApp", app)), shown, source=app)

    def _serve_bin(self, text: str, shown: str) -> Served:
        return self._serve_function(bin_webhook(text), shown, text)

    def _serve_function(self, webhook: Webhook, shown: str, text: str | None = None) -> Served:
        return Served(guard_app(function_application(webhook, self.in_process.run)), shown, text)

    def send(self, request: PreparedRequest, *args: Any, **kwargs: Any) -> Response:
        """The response to *request*, or the one of the past that is replayed; raises what came in its place."""
        with self.journal.ask(*asked_by(request)) as (question, past):
            noted = attempts_noted()
            if past is not None:
                question.answer = past.answer
                noted.extend(past.answer.tried)
                return give_reply(past.answer, partial(self.build_response, request))
            reply = question.answer = TapedReply()
            before = len(noted)
            try:
                return keep_reply(reply, self._send(request, *args, **kwargs))
            except BaseException as error:
                reply.error = error
                raise
            finally:
                reply.tried = tuple(noted[before:])

    def _send(self, request: PreparedRequest, *args: Any, **kwargs: Any) -> Response:
        """The response of the mounted application, of what stands at Twilio's own address, or of the network.

        Raises :class:`OutOfReach` if neither may answer.
        """
        url = request.url or ""
        if self.public_only and reach(url) != "public":
            raise OutOfReach(_NOT_PUBLIC)
        mount = self.mounts.find(url)
        if mount:
            return self._ask(mount, request, *args, **kwargs)
        if (own := find_public_application(url)) is not None:
            return self._answer(guard_app(own), request, "", **kwargs)
        if not self.network:
            why = f"nothing is mounted at {mask_user_info(url)}, and this simulator has no network"
            raise OutOfReach(explain_unmounted(url, self.mounts, why))
        try:
            with self._limit():
                return run_foreign(super().send, request, *args, **kwargs)
        except NotPublicError as error:
            raise OutOfReach(f"{_OUTSIDE}: {error}") from None
        except NotConnected as error:
            if is_unknown_name(error):
                why = explain_unmounted(url, self.mounts, "the host name is not known")
                raise OutOfReach(why) from error
            raise

    def _limit(self) -> AbstractContextManager[None]:
        """The block in which the network is asked: with *public_only* not for what is private under a public name."""
        return public_addresses_only() if self.public_only else nullcontext()

    def connect(
        self, url: str, headers: Mapping[str, str], listener: SocketListener, seconds: float
    ) -> Socket:
        """A WebSocket to the application that is mounted for *url*, which begins with ``wss://`` or ``ws://``.

        What comes from there is told to *listener*. Raises :class:`SocketRefused` if it is not open in *seconds*.
        """
        socket = JournalSocket(self.journal, listener)
        socket.open(
            lambda told: self._connect(url, headers, told, seconds),
            address=(url, *sorted(headers.items())),
            is_forgetful=self._is_forgetful(web_address(url)),
        )
        return socket

    def _is_forgetful(self, address: str) -> bool:
        """Whether a function is the agent there: each of its answers stands for itself."""
        mount = self.mounts.find(address)
        app = mount.find().app if mount is not None else None
        return isinstance(app, AsgiServer) and is_function_agent(app.app)

    def _connect(
        self, url: str, headers: Mapping[str, str], listener: SocketListener, seconds: float
    ) -> Socket:
        """A WebSocket to the application that is mounted for *url*; raises :class:`SocketRefused`."""
        address = web_address(url)
        if self.public_only and reach(address) != "public":
            raise SocketRefused(_NOT_PUBLIC)
        mount = self.mounts.find(address)
        sockets = self.in_process.sockets
        try:
            if mount is None:
                return self._connect_over_network(url, headers, listener, seconds)
            app = mount.find().app
            if isinstance(app, Nothing):
                raise SocketRefused(app.reason)
            if isinstance(app, AsgiServer):
                return self.in_process.connect(app, url, headers, mount.path, listener, seconds)
            with rehearse():
                if isinstance(app, Forward):
                    server, told = app.forward(url, headers, mount.path)
                    return sockets.connect(url, server, told, listener, seconds)
                return sockets.connect_in_process(app, url, headers, mount.path, listener, seconds)
        except NotInstalled as error:
            raise SocketRefused(f"{error.message} {error.hint}") from error

    def _connect_over_network(
        self, url: str, headers: Mapping[str, str], listener: SocketListener, seconds: float
    ) -> Socket:
        if not self.network:
            why = "nothing is mounted there, and this simulator has no network"
            raise SocketRefused(explain_unmounted(web_address(url), self.mounts, why))
        server = urlsplit(web_address(url))
        with self._limit():
            return self.in_process.sockets.connect(url, server, headers, listener, seconds)

    def _ask(self, mount: Mount, request: PreparedRequest, *args: Any, **kwargs: Any) -> Response:
        """The response of what is mounted."""
        app = mount.find().app
        if isinstance(app, Nothing):
            raise NothingAnswers(app.reason)
        if isinstance(app, Forward):
            with rehearse():
                return run_foreign(super().send, app.redirect(request, mount.path), *args, **kwargs)
        return self._answer(app, request, mount.path, **kwargs)

    def _answer(
        self,
        app: WsgiApp | AsgiServer,
        request: PreparedRequest,
        path: str,
        *,
        timeout: Any = None,
        **_: Any,
    ) -> Response:
        """The response of what answers in process."""
        answer = self.in_process.answer(app, request, path, timeout)
        return respond(self, request, answer)


def is_in_process(adapter: object) -> bool:
    """Whether *adapter* of a ``requests`` session belongs to a simulator."""
    return isinstance(adapter, WsgiAdapter | Web)
