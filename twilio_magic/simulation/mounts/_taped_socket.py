"""WebSockets on a tape: what an application sent comes again; once the past is over, the application is heard."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ParamSpec

from ..clock._interrupts import describe_end, interrupts
from ._socket import ABNORMAL, SocketRefused

if TYPE_CHECKING:
    from ...tracebacks import Raised
    from ..clock._journal import Journal
    from ._socket import Socket, SocketListener

#: Opens a real WebSocket for a listener.
Open = Callable[["SocketListener"], "Socket"]
#: Why a connection ended that an interrupt broke.
_INTERRUPTED = "interrupted"

P = ParamSpec("P")


class JournalSocket:
    """Twilio's end of a WebSocket whose frames are noted in *journal*; *listener* is told what comes.

    While the past is replayed there is no *socket*, or one whose application is told what Twilio sends, and not heard.
    """

    def __init__(self, journal: Journal, listener: SocketListener) -> None:
        self.took = 0.0
        self._journal = journal
        self._listener = listener
        self._place = journal.add_socket(self)
        self._sent: list[str] = []
        self._unanswered: list[str] = []
        self._socket: Socket | None = None
        self._open: Open | None = None
        self._lost: tuple[int, str, Raised | None] | None = None
        self._is_muted = False
        self.is_closed = False

    def open(self, open_: Open, *, address: tuple[Any, ...], is_forgetful: bool) -> None:
        """Open the WebSocket at *address*, or take it from the tape; raises :class:`SocketRefused`.

        An application that *is_forgetful* need not hear what was said before: each of its answers stands for itself.
        """
        with self._journal.ask("connect", self._place, *address) as (question, past):
            if past is None:
                try:
                    self._socket = _open_or_refuse(open_, self)
                except SocketRefused as refused:
                    question.answer = refused
                    raise
                self.took = question.answer = self._socket.took
                return
            question.answer = past.answer
            if isinstance(past.answer, SocketRefused):
                raise past.answer
            self.took = past.answer
            self._open = open_
            if not is_forgetful:
                self._is_muted = True
                try:
                    self._socket = open_(self)
                except SocketRefused as refused:
                    self._lost = (ABNORMAL, str(refused), None)

    def go_live(self) -> None:
        """The past is over: from now on the application is heard."""
        if self._open is None or self.is_closed:
            return
        self._is_muted = False
        if self._socket is None and self._lost is None:
            self._begin(self._open)
        self._open = None
        if self._lost is not None:
            self.lose(*self._lost)

    def _begin(self, open_: Open) -> None:
        """Open the WebSocket, and send how the session began, and what is not answered yet."""
        try:
            self._socket = open_(self)
        except SocketRefused as refused:
            self._lost = (ABNORMAL, str(refused), None)
            return
        for frame in dict.fromkeys((*self._sent[:1], *self._unanswered)):
            self._socket.send(frame)

    def send(self, frame: str) -> None:
        """Send a text frame."""
        with self._journal.ask("send", self._place, frame) as (_, past):
            if past is None and self._open is not None:
                self.go_live()
            if past is not None:
                self._sent.append(frame)
                if not past.inputs:
                    self._unanswered.append(frame)
            if self._socket is not None:
                self._until_interrupted(self._socket.send, frame)

    def _until_interrupted(self, tell: Callable[P, None], *told: P.args, **named: P.kwargs) -> None:
        """*tell* the application something. An interrupt breaks the connection, and is raised when the step is over."""
        try:
            tell(*told, **named)
        except Exception:
            raise
        except BaseException as error:
            interrupts.keep(error)
            if self._socket is not None and not self.is_closed:
                self._socket.close(ABNORMAL, "")
                self.lose(ABNORMAL, _INTERRUPTED)

    def close(self, code: int, reason: str) -> None:
        """Close the socket; the application is told."""
        self.is_closed = True
        with self._journal.ask("close", self._place, code, reason):
            if self._socket is not None:
                self._until_interrupted(self._socket.close, code, reason)

    @property
    def patience(self) -> float:
        """How long the application is waited for now."""
        return 0.0 if self._is_muted else self._listener.patience

    def receive(self, frame: str | bytes) -> None:
        """Take in a frame of the application; not in the past, which has them on its tape."""
        if not self._is_muted:
            self.take_frame(frame)

    def take_frame(self, frame: str | bytes) -> None:
        """Take in a frame."""
        self._unanswered.clear()
        place = self._place
        with self._journal.noting(
            lambda world: world.journal.past.sockets[place].take_frame(frame)
        ):
            self._listener.receive(frame)

    def lose(self, code: int, reason: str, raised: Raised | None = None) -> None:
        """The application has closed or dropped the WebSocket."""
        if self._is_muted:
            self._lost = (code, reason, raised)
        else:
            self.take_loss(code, reason, raised)

    def take_loss(self, code: int, reason: str, raised: Raised | None) -> None:
        """The WebSocket is closed or dropped."""
        self.is_closed = True
        place = self._place
        with self._journal.noting(
            lambda world: world.journal.past.sockets[place].take_loss(code, reason, raised)
        ):
            self._listener.lose(code, reason, raised)

    @property
    def longest(self) -> float:
        """How long the application is waited for at most."""
        return self._listener.longest

    def give_up(self, why: str) -> None:
        """Time goes on without what the application owes."""
        if not self._is_muted:
            self.take_silence(why)

    def take_silence(self, why: str) -> None:
        """Nothing more is owed by the application."""
        place = self._place
        with self._journal.noting(
            lambda world: world.journal.past.sockets[place].take_silence(why)
        ):
            self._listener.give_up(why)

    def warn(self, text: str) -> None:
        """Tell what the application does wrong."""
        if not self._is_muted:
            self.take_warning(text)

    def take_warning(self, text: str) -> None:
        """The application does something wrong."""
        place = self._place
        with self._journal.noting(
            lambda world: world.journal.past.sockets[place].take_warning(text)
        ):
            self._listener.warn(text)


def _open_or_refuse(open_: Open, listener: SocketListener) -> Socket:
    """The WebSocket that *open_* opens. An interrupt refuses it, and is raised when the step is over."""
    try:
        return open_(listener)
    except Exception:
        raise
    except BaseException as error:
        interrupts.keep(error)
        raise SocketRefused(f"the handshake {describe_end(error)}", "broken") from None
