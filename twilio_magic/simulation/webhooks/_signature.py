"""The signature on every webhook. Source: Twilio's page "Webhooks security", validating signatures."""

from __future__ import annotations

import hmac
from base64 import b64encode
from collections.abc import Iterable, Mapping
from operator import itemgetter
from urllib.parse import urldefrag


def sign(url: str, form: Mapping[str, str | Iterable[str]], token: str) -> str:
    """The value of ``X-Twilio-Signature`` for a request to *url* that posts *form* (empty for a GET, and for JSON).

    HMAC-SHA1, in base64, over the URL without its fragment and every name and value in the order of the names. A name
    that is repeated comes with each of its values once, in their order.
    """
    pairs = sorted(form.items(), key=itemgetter(0))
    fields = [name + value for name, given in pairs for value in _values(given)]
    text = "".join([urldefrag(url).url, *fields])
    return b64encode(hmac.digest(token.encode(), text.encode(), "sha1")).decode()


def _values(value: str | Iterable[str]) -> Iterable[str]:
    return (value,) if isinstance(value, str) else sorted(set(value))
