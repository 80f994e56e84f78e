"""Sessions with Twilio's headers, and requests with Twilio's signature."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from ...deadlines import DirectSession
from ..faults._inject import seen_form, seen_url, signed_url, token_for
from ..mounts._wsgi import SEEN_AS
from ._signature import sign
from ._spec import webhook_spec

if TYPE_CHECKING:
    from requests import PreparedRequest

    from ..faults._fault import Fault
    from ..mounts._web import Web


def open_session(web: Web) -> DirectSession:
    """A session over *web* that sends Twilio's headers, and reads no proxies or passwords from the environment."""
    session = DirectSession()
    session.trust_env = False
    session.headers.clear()
    session.headers.update(webhook_spec().headers)
    for scheme in ("https://", "http://"):
        session.mount(scheme, web)
    return session


def prepare(
    session: DirectSession,
    method: str,
    url: str,
    form: Mapping[str, str],
    auth_token: str,
    fault: Fault | None,
) -> PreparedRequest:
    """The signed request. The signature covers the URL as it is sent, and the form of a POST.

    A *fault* may sign with another token or for another address, or may change what the application sees.
    """
    sent, is_post = seen_form(fault, form), method == "POST"
    prepared = session.prepare_form(method, url, sent.items())
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
