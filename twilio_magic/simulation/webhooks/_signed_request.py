"""Sessions with Twilio's headers, and requests with Twilio's signature."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from ...deadlines import DirectSession
from ..faults._inject import seen_form, seen_url, signed_url, token_for
from ..mounts._wsgi import SEEN_AS
from ._signature import sign
from ._spec import webhook_spec

if TYPE_CHECKING:
    from requests import PreparedRequest
    from requests.cookies import RequestsCookieJar

    from ..faults._fault import Fault
    from ..mounts._web import Web


def open_session(web: Web) -> DirectSession:
    """A session over *web* that sends Twilio's headers, and reads no proxies or passwords from the environment."""
    session = _make_session()
    for scheme in ("https://", "http://"):
        session.mount(scheme, web)
    return session


@cache
def webhook_session() -> DirectSession:
    """The session of all webhooks, whose web and cookies are given each time."""
    return _make_session()


def _make_session() -> DirectSession:
    session = DirectSession()
    session.trust_env = False
    session.headers.clear()
    session.headers.update(webhook_spec().headers)
    return session


def prepare(
    session: DirectSession,
    method: str,
    url: str,
    form: Mapping[str, str],
    auth_token: str,
    fault: Fault | None,
    cookies: RequestsCookieJar | None = None,
) -> PreparedRequest:
    """The signed request, with *cookies*. The signature covers the URL as it is sent, and the form of a POST.

    A *fault* may sign with another token or for another address, or may change what the application sees.
    """
    sent, is_post = seen_form(fault, form), method == "POST"
    prepared = session.prepare_form(method, url, sent.items(), cookies=cookies)
    if is_post:
        prepared.headers.pop("Content-Type", None)  # Twilio's own stands last
        prepared.headers["Content-Type"] = webhook_spec().form_content_type
    address = prepared.url or url
    token = token_for(fault, auth_token)
    if token is not None:
        signature = sign(signed_url(fault, address), form if is_post else {}, token)
        prepared.headers["X-Twilio-Signature"] = signature
    if (seen := seen_url(fault, address)) != address:
        prepared.headers["Host"] = urlsplit(seen).netloc.rpartition("@")[2]
        setattr(prepared, SEEN_AS, seen)
    return prepared
