"""A session of ``requests`` that goes where it is sent, and does nothing beside.

What most requests of this package are, forms of texts, is prepared and sent without what ``requests`` does for all
that a request might be: asking each value whether it is a file, merging settings that are the same each time. What is
sent is the same, byte for byte.
"""

from __future__ import annotations

from collections import OrderedDict
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import quote_plus, urlsplit

from requests import PreparedRequest, Session
from requests.cookies import RequestsCookieJar, extract_cookies_to_jar
from requests.hooks import default_hooks, dispatch_hook
from requests.structures import CaseInsensitiveDict
from requests.utils import default_headers

from ._adapter import DeadlineAdapter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from requests import Response
    from requests.adapters import BaseAdapter
    from requests.auth import AuthBase

_WEB = ("https://", "http://")
_FORM = "application/x-www-form-urlencoded"
#: Names and short values of forms come again and again; longer texts are not kept.
_SHORT = 64


class DirectSession(Session):
    """A session with deadlines that goes where it is sent, and does not even look where an answer leads.

    Who looked there would read the whole body of a redirect first, however large.
    """

    def __init__(self) -> None:
        # all that Session.__init__ does, but for adapters that nobody would use, which are most of its work
        self.__setstate__(_blank().__getstate__())
        self.headers, self.cookies = default_headers(), RequestsCookieJar()
        self.hooks, self.params, self.proxies = default_hooks(), {}, {}
        self.adapters = OrderedDict()

    def get_adapter(self, url: str) -> BaseAdapter:
        """The adapter for *url*: over the network, with deadlines, if no other was mounted."""
        if not self.adapters:
            adapter = DeadlineAdapter()
            for scheme in _WEB:
                self.mount(scheme, adapter)
        return super().get_adapter(url)

    def get_redirect_target(self, resp: Response) -> str | None:  # noqa: ARG002
        """Nowhere: neither credentials nor forms travel on by themselves."""
        return None

    def prepare_form(
        self,
        method: str,
        url: str,
        form: Iterable[tuple[str, str]],
        auth: AuthBase | None = None,
        cookies: RequestsCookieJar | None = None,
    ) -> PreparedRequest:
        """The request with *form* in its query, if it is a GET, or else in its body.

        It is what ``prepare_request`` makes of the same. *cookies* are sent in place of those of the session.
        """
        request, pairs = PreparedRequest(), list(form)
        jar = self.cookies if cookies is None else cookies
        request.method = method.upper()
        if request.method == "GET" and pairs:
            request.prepare_url(url, pairs)
            urlsplit(request.url or "")  # what cannot be read has no cookies, and is refused
        else:
            request.url = _address(url)
        request.headers = CaseInsensitiveDict()
        store: Any = self.headers._store.copy()  # texts are texts or bytes, too
        request.headers._store = store
        request._cookies = jar
        if len(jar):
            request.prepare_cookies(jar)
        if request.method != "GET":
            _fill(request, encode_form(pairs))
        if auth is not None or "@" in (request.url or ""):
            request.prepare_auth(auth)
        return request

    def exchange(
        self,
        request: PreparedRequest,
        timeout: tuple[float, float],
        adapter: BaseAdapter | None = None,
        open_jar: Callable[[], RequestsCookieJar] | None = None,
    ) -> Response:
        """The answer to *request*, whose body is still to be read. It is what ``send`` gives without redirects.

        An *adapter* for the web sends it in place of that of the session. Its cookies are kept: in the jar that
        *open_jar* gives, if there are any, or else in that of the session.
        """
        settings: dict[str, Any] = {"proxies": {}, "verify": self.verify, "cert": self.cert}
        if self.trust_env:
            settings = dict(
                self.merge_environment_settings(request.url or "", {}, True, None, None)
            )
        settings["stream"] = True
        if adapter is None or not (request.url or "").lower().startswith(_WEB):
            adapter = self.get_adapter(request.url or "")
        answer = adapter.send(request, timeout=timeout, **settings)
        answer = dispatch_hook("response", self.hooks, answer, timeout=timeout, **settings)
        if getattr(answer.raw, "_original_response", None):  # no other has any cookies
            jar = self.cookies if open_jar is None else open_jar()
            extract_cookies_to_jar(jar, request, answer.raw)
        return answer


@cache
def _blank() -> Session:
    """A session whose settings others begin with."""
    return Session()


def encode_form(form: Iterable[tuple[str, str]]) -> str:
    """*form* as ``urlencode`` writes it."""
    return "&".join([_quote_pair(name, value) for name, value in form])


def _quote_pair(name: str, value: str) -> str:
    is_short = len(name) <= _SHORT and len(value) <= _SHORT
    return _quote_short(name, value) if is_short else _quote(name, value)


def _quote(name: str, value: str) -> str:
    return f"{quote_plus(name)}={quote_plus(value)}"


_quote_short = lru_cache(maxsize=2048)(_quote)


@lru_cache(maxsize=1024)
def _address(url: str) -> str:
    """*url* as ``requests`` sends it; raises its exceptions for what is no URL."""
    request = PreparedRequest()
    request.prepare_url(url, None)
    urlsplit(request.url or "")
    return request.url or ""


def _fill(request: PreparedRequest, body: str) -> None:
    """Give *request* the *body*, which is ASCII."""
    request.body = body or None
    request.headers["Content-Length"] = str(len(body))
    if body:
        request.headers["Content-Type"] = _FORM
