"""A voice agent made of a function: an application that speaks ConversationRelay for it.

Source: Twilio's page "Getting and sending WebSocket messages".
"""

from __future__ import annotations

import asyncio
import inspect
import json
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from ...display import visible_line
from ...errors import SimulatorError
from ...secret import mask_user_info
from ._kind import describe_mounted
from ._socket import web_address

if TYPE_CHECKING:
    from ._lifespan import AsgiApp, Message, Receive, Send

#: What an agent says: a text, or a message of ConversationRelay, such as ``{"type": "end"}``.
Said = str | Mapping[str, Any]
#: Answers a prompt: with a text, or with several, as a generator; either may be ``async``.
AgentFunction = Callable[[str], Any]


def address_of_agent(url: object) -> str:
    """The web address at which an agent is mounted for *url*; raises :class:`SimulatorError` unless that is wss://."""
    shown = visible_line(repr(mask_user_info(url) if isinstance(url, str) else url))
    if not isinstance(url, str) or not url.lower().startswith("wss://") or not _has_host(url):
        raise SimulatorError(
            f"No voice agent can be at {shown}: Twilio opens WebSockets to addresses with wss:// and a host only.",
            hint='Write it as the url of <ConversationRelay>: @simulator.agent("wss://agent.example.com/ws").',
        )
    return web_address(f"wss{url[3:]}")


def refuse_unless_agent(function: object, url: str) -> None:
    """Raise :class:`SimulatorError` unless *function* can be the agent at *url*: it is called with what was said."""
    if not callable(function) or isinstance(function, type):
        kind = f"the class {function.__name__}" if isinstance(function, type) else repr(function)
        why, hint = "it is no function", "Decorate a function: def answer(prompt): return …"
        raise _refusal(kind, url, why, hint)
    try:
        signature = inspect.signature(function)
    except (TypeError, ValueError):  # Python knows no parameters of some of its own functions
        return
    try:
        signature.bind("")
    except TypeError:
        why = f"it takes {signature.replace(return_annotation=signature.empty)}"
        hint = "It gets one argument, what the caller said: def answer(prompt): return …"
        raise _refusal(describe_mounted(function), url, why, hint) from None


def _has_host(url: str) -> bool:
    try:
        return bool(urlsplit(url).hostname)
    except ValueError:
        return False


def _refusal(shown: str, url: str, why: str, hint: str) -> SimulatorError:
    text = f"{shown} cannot be the voice agent at {mask_user_info(url)}: {why}."
    return SimulatorError(visible_line(text[:1].upper() + text[1:]), hint=hint)


def agent_application(answer: AgentFunction) -> AsgiApp:
    """An ASGI application that answers each prompt of a caller with what *answer* gives for it."""

    async def application(scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] != "websocket":
            raise NotImplementedError(scope["type"])  # it has no lifespan, and no pages
        await _Conversation(answer, receive, send).run()

    application.__dict__["answers"] = answer
    return application


def is_function_agent(app: object) -> bool:
    """Whether *app* was made of a function, which has nothing to remember of a session."""
    return "answers" in getattr(app, "__dict__", ())


class _Conversation:
    """One session. An interruption ends the answer that is being given."""

    def __init__(self, answer: AgentFunction, receive: Receive, send: Send) -> None:
        self._answer = answer
        self._receive = receive
        self._send = send
        self._answering: asyncio.Task[None] | None = None
        self._receiving: asyncio.Future[Message] | None = None

    async def run(self) -> None:
        await self._receive()
        await self._send({"type": "websocket.accept"})
        try:
            await self._converse()
        finally:
            left = [each for each in (self._receiving, self._answering) if each is not None]
            for each in left:
                each.cancel()
            await asyncio.gather(*left, return_exceptions=True)

    async def _converse(self) -> None:
        """Take what comes until the session is over; what a function raises is raised."""
        while True:
            receiving = self._receiving = self._receiving or asyncio.ensure_future(self._receive())
            working: set[asyncio.Future[Any]] = {receiving}
            if self._answering is not None:
                working.add(self._answering)
            await asyncio.wait(working, return_when=asyncio.FIRST_COMPLETED)
            if self._answering is not None and self._answering.done():
                answered, self._answering = self._answering, None
                if not answered.cancelled():
                    answered.result()  # which raises what the function raised
            if receiving.done():
                event, self._receiving = receiving.result(), None
                if event["type"] != "websocket.receive":
                    return
                await self._take(json.loads(event["text"]))

    async def _take(self, message: Mapping[str, Any]) -> None:
        if message["type"] == "interrupt":
            self._stop()
        elif message["type"] == "prompt" and message["last"]:
            if self._answering is not None:
                await asyncio.wait({self._answering})
            self._answering = asyncio.create_task(self._reply(message["voicePrompt"]))

    def _stop(self) -> None:
        if self._answering is not None:
            self._answering.cancel()

    async def _reply(self, prompt: str) -> None:
        said = self._answer(prompt)
        if inspect.isawaitable(said):
            said = await said
        async for each in _each(said):
            if isinstance(each, str):
                await self._tell({"type": "text", "token": each})
            else:
                await self._tell(each)
                if each.get("type") == "end":
                    return
        await self._tell({"type": "text", "token": "", "last": True})

    async def _tell(self, message: Mapping[str, Any]) -> None:
        await self._send({"type": "websocket.send", "text": json.dumps(message)})


async def _each(said: Any) -> AsyncIterator[Said]:
    """What an agent says, one after the other; nothing for ``None``."""
    if isinstance(said, str | Mapping):
        yield said
    elif isinstance(said, AsyncIterator):
        async for each in said:
            yield each
    elif isinstance(said, Iterator):
        for each in said:
            yield each
    elif said is not None:
        raise TypeError(f"an agent says a text, not {said!r}")
