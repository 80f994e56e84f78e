"""What answers a call, as a dialog names it: applications, functions and documents, each with its address."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from ...applications import name_application
from ...records import dataclass
from ..addresses._addresses import find_public_application
from ..mounts._forward import Forward
from ..mounts._mounts import Nothing
from ._dialog_files import choose_file, describe_steps

if TYPE_CHECKING:
    from ..mounts._mounts import Mount, Served
    from ..webhooks._target import WebhookTarget
    from ._leg import Leg


@dataclass(frozen=True, slots=True)
class _Named:
    """What answers, as *text* names it where a dialog finds it; else *name* is to be put into a file."""

    text: str = ""
    name: str = ""

    def line(self, form: str, file: str) -> str:
        """The line of *form* that names it; a remark, as if it were in *file*, where it is not found."""
        return f"# {form.format(f'{file}:{self.name}')}" if self.name else form.format(self.text)


def first_address_lines(source: WebhookTarget, *, is_get: bool) -> Iterator[str]:
    """The headers for the address that a call requests first."""
    parts = urlsplit(source.url)
    yield f"mount: {parts.scheme}://{parts.netloc}"
    yield f"url: {parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"
    if is_get:
        yield "method: GET"


def application_lines(call: Leg, legs: Sequence[Leg], url: str) -> tuple[list[str], list[str]]:
    """The headers and the given lines that name what answered *legs*, those of *call*; it began at *url*, or with a
    document of its own where that is empty.
    """
    mounts = call.world.web.mounts
    first = mounts.find(url) if url else None
    is_whole = first is not None and not first.path
    named = {each.base_url: _name(each.find()) for each in _list_reached(legs, url)}
    header = named.pop(first.base_url, None) if first is not None and is_whole else None
    if url and legs and first is None and find_public_application(url) is None:
        header = _Named(name="app")
    begins = header or (named.get(first.base_url) if first is not None else None)
    every = [*([begins] if begins else []), *named.values()]
    names = list(dict.fromkeys(each.name for each in every if each.name))
    file = choose_file(names) if names else ""
    givens = [
        each.line(f"given app {{}} at {_address(at, mounts.at(at))}", file)
        for at, each in named.items()
    ]
    steps = describe_steps(names, file) if names else []
    return [*steps, *([header.line("app: {}", file)] if header else [])], givens


def _list_reached(legs: Sequence[Leg], url: str) -> Iterator[Mount]:
    """What people mounted on the hosts that *legs* asked, and on that of *url*."""
    if not legs:
        return
    asked = [url, *(exchange.url for leg in legs for exchange in leg.exchanges)]
    asked += [
        str(event.data["url"]) for leg in legs for event in leg.timeline if "url" in event.data
    ]
    hosts = {urlsplit(url).hostname for url in asked}
    for mount in legs[0].world.web.mounts:
        served = mount.find()
        if urlsplit(mount.base_url).hostname in hosts and not isinstance(served.app, Nothing):
            yield mount


def _name(served: Served) -> _Named:
    if served.text is not None:
        return _Named(" ".join(served.text.split()))
    if isinstance(served.app, Forward):
        return _Named(served.app.address)
    found = _object(served)
    written = name_application(found)
    return _Named(written) if written else _Named(name=_name_in_notebook(found))


def _object(served: Served) -> object:
    """What was mounted: a function or an application; of a voice agent the function that answers."""
    found = served.source or served.page
    return getattr(found, "__dict__", {}).get("answers", found)


def _name_in_notebook(found: object) -> str:
    """What *found* is called where it was made; ``app`` if nothing tells."""
    names = vars(sys.modules["__main__"])
    own = [name for name, value in names.items() if value is found and not name.startswith("_")]
    name = str(getattr(found, "__name__", ""))
    return next(iter(own), name if name.isidentifier() else "app")


def _address(base_url: str, mount: Mount | None) -> str:
    """Where it is mounted; a voice agent at the address of its WebSocket."""
    source = mount.find().source if mount is not None else None
    is_agent = "answers" in getattr(source, "__dict__", {})
    return base_url.replace("http", "ws", 1) if is_agent else base_url
