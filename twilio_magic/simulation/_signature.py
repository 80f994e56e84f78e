"""The signature on every webhook. Source: Twilio's page "Webhooks security", validating signatures."""

from __future__ import annotations

import hmac
from base64 import b64encode
from collections.abc import Mapping
from hashlib import sha1
from urllib.parse import urldefrag


def sign(url: str, form: Mapping[str, str], token: str) -> str:
    """The value of ``X-Twilio-Signature`` for a request to *url* that posts *form* (empty for a GET).

    HMAC-SHA1, in base64, over the URL without its fragment and every name and value in the order of the names.
    """
    text = urldefrag(url).url + "".join(name + form[name] for name in sorted(form))
    return b64encode(hmac.new(token.encode(), text.encode(), sha1).digest()).decode()
