"""The table of mounts: which web application answers in process for which URL."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any, ClassVar
from urllib.parse import SplitResult, urlsplit

from requests import PreparedRequest, RequestException

from ...display import Shown, visible_line
from ...errors import SimulatorError
from ...records import dataclass
from ._asgi import AsgiServer
from ._forward import Forward
from ._wsgi import WsgiApp, guard_app


@dataclass(frozen=True, slots=True)
class Nothing:
    """What was mounted is not there any more, for this *reason*."""

    reason: str


#: What answers for an address: an application in process, or the server that requests are handed to.
Application = WsgiApp | AsgiServer | Forward | Nothing

_DEFAULT_PORT = defaultdict(str, http=":80", https=":443")


@dataclass(frozen=True, slots=True)
class Served:
    """What answers for an address. *shown* describes it to people; *text* is the document that it always gives, and
    *source* the web application as it was mounted, whose framework may tell its routes; *page* the function or document
    that answers.
    """

    app: Application
    shown: str = ""
    text: str | None = None
    source: object = None
    page: object = None


@dataclass(frozen=True, slots=True)
class Mount:
    """What *find* gives at the moment answers for *base_url*, whose path is *path*, and for every URL below it."""

    base_url: str
    path: str
    find: Callable[[], Served]
    #: Mounts the same in the web of another world.
    again: Callable[[Any], object] | None = None

    def __repr__(self) -> str:
        return visible_line(f"{self.base_url} → {self.find().shown}")


class Mounts(Shown):
    """The web applications, functions and documents that answer in process, each at its URL.

    Iterating gives the mounts that users made, in the order of their URLs; the repr has a line for each.
    """

    view: ClassVar[str] = "twilio_magic.views.world:bundle_mounts"

    def __init__(self) -> None:
        self._mounts: dict[str, Mount] = {}
        self._own: dict[str, Mount] = {}

    def mount(
        self,
        base_url: str,
        find: Callable[[], Served],
        again: Callable[[Any], object] | None = None,
    ) -> None:
        """Let what *find* gives at each moment answer for *base_url* and below; it replaces what was mounted there.

        *again* mounts the same in another web. Raises :class:`SimulatorError` for what is not a web address.
        """
        mount = _mount(base_url, find, again)
        self._mounts[mount.base_url] = mount

    def add_own(self, base_url: str, app: WsgiApp) -> None:
        """Let an application of the simulator itself answer, where nothing is mounted in its place."""
        served = Served(guard_app(app))
        mount = _mount(base_url, lambda: served)
        self._own[mount.base_url] = mount

    def remove(self, base_url: str) -> None:
        """Remove the mount at *base_url*; raises :class:`SimulatorError` if there is none."""
        try:
            del self._mounts[_canonical(base_url)]
        except KeyError:
            raise SimulatorError(
                f"Nothing is mounted at {base_url}.",
                hint="%mount lists what is; in Python simulator.mounts.",
            ) from None

    def at(self, url: str) -> Mount | None:
        """What is mounted at *url* itself, and not above it."""
        return self._mounts.get(_canonical(url))

    def put_back(self, mount: Mount) -> None:
        """Mount again what was mounted before."""
        self._mounts[mount.base_url] = mount

    def find(self, url: str) -> Mount | None:
        """The mount that answers for *url*; of several, the one with the longest URL."""
        base = _base(urlsplit(url))
        while base:
            mount = self._mounts.get(base) or self._own.get(base)
            if mount is not None:
                return mount
            base = base.rpartition("/")[0]
        return None

    def mount_again(self, web: Any) -> None:
        """Mount in another *web* all that users have mounted here."""
        for mount in list(self._mounts.values()):
            if mount.again is not None:
                mount.again(web)

    @property
    def documents(self) -> dict[str, str]:
        """The documents that users have mounted or hosted, by their addresses."""
        found = {url: self._mounts[url].find().text for url in sorted(self._mounts)}
        return {url: text for url, text in found.items() if text is not None}

    def addresses_of(self, page: object) -> list[str]:
        """Where this very function or document answers, in the order of the addresses."""
        return [each.base_url for each in self if page is not None and each.find().page is page]

    def has(self, url: str) -> bool:
        """Whether something is mounted at *url* itself, and not only above it."""
        return _canonical(url) in self._mounts

    def __iter__(self) -> Iterator[Mount]:
        return iter(
            [self._mounts[base] for base in sorted(self._mounts) if self._mounts[base].find().shown]
        )

    def __len__(self) -> int:
        return len(list(iter(self)))

    def __repr__(self) -> str:
        return "\n".join(map(repr, self)) or "nothing is mounted"


def _mount(
    base_url: str, find: Callable[[], Served], again: Callable[[Any], object] | None = None
) -> Mount:
    base = _canonical(base_url)
    if not base.startswith(("http://", "https://")):
        raise SimulatorError(
            f"{base_url!r} is no web address, so nothing can answer there.",
            hint="Write it whole: https://ivr.example.com.",
        )
    return Mount(base, urlsplit(base).path, find, again)


def _canonical(url: str) -> str:
    """*url* as it is in a request for it, without credentials and query; empty if it cannot be requested."""
    request = PreparedRequest()
    try:
        request.prepare_url(url, None)
    except (RequestException, ValueError):
        return ""
    return _base(urlsplit(request.url or ""))


def _base(parts: SplitResult) -> str:
    """The URL without credentials, default port, query and trailing slash."""
    host = parts.netloc.rpartition("@")[2].lower().removesuffix(_DEFAULT_PORT[parts.scheme])
    return f"{parts.scheme}://{host}{parts.path.rstrip('/')}"
