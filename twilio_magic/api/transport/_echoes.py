"""Masks the secret in an answer: a server may send back what it was sent."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

from requests.structures import CaseInsensitiveDict

from ...secret import MASK

if TYPE_CHECKING:
    import requests

    from ...secret import Secret

_GZIP = b"\x1f\x8b"
_MOST = 2**20  # bytes of what a compressed body becomes
_AS_IT_IS = ("utf-8", "ascii", "us-ascii", "iso-8859-1", "latin-1")


def hide_echoes(answer: requests.Response, content: bytes, secret: Secret) -> requests.Response:
    """*answer* with *content* for its body, and without *secret* in anything of it that may be shown."""
    answer._content = secret.hidden_in(content)
    answer.reason = secret.mask_in(str(answer.reason or ""))
    headers = "\n".join(f"{name}: {value}" for name, value in answer.headers.items())
    if secret.mask_in(headers) != headers:
        answer.headers = CaseInsensitiveDict(
            (secret.mask_in(name), secret.mask_in(value)) for name, value in answer.headers.items()
        )
    if secret.hidden_in(unpacked := _unpack(content)) != unpacked:
        answer._content = MASK.encode()
    elif answer.encoding and answer.encoding.lower() not in _AS_IT_IS:
        _hide_in_text(answer, secret)
    return answer


def _hide_in_text(answer: requests.Response, secret: Secret) -> None:
    """Mask what only shows when the body is read in the character set that the answer names."""
    masked = secret.mask_in(answer.text)
    if masked != answer.text:
        answer._content = masked.encode("utf-8", "replace")
        answer.encoding = "utf-8"


def _unpack(content: bytes) -> bytes:
    """What *content* is if it is compressed and does not say so; else nothing."""
    if not content.startswith(_GZIP):
        return b""
    try:
        return zlib.decompressobj(wbits=31).decompress(content, _MOST)
    except zlib.error:
        return b""
