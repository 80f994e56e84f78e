"""Reads answers as Twilio does: documents up to 64 kB, in the character set that they declare, and audio."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from ...twiml import vocabulary
from ._spec import webhook_spec

if TYPE_CHECKING:
    from requests import Response

_CHARSET = re.compile(r"""charset\s*=\s*["']?([\w.:-]{1,40})""", re.IGNORECASE)
_XML_DECLARATION = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.-]{1,40})["']""")
_BOMS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_CHUNK = 8192
_MOST_AUDIO = 64 * 2**20  # bytes: more than that is probably an endless stream
#: Bytes of an error page or a redirect: its status decides, not its size.
_MOST_OF_NO_DOCUMENT = 2**20


class TooLarge(ValueError):  # noqa: N818 - the name says what is wrong
    """The answer is larger than Twilio reads."""


def media_type(content_type: str) -> str:
    """The media type without parameters, in lower case: ``text/xml`` of ``text/xml; charset=utf-8``."""
    return content_type.partition(";")[0].strip().lower()


def is_audio(content_type: str) -> bool:
    """Whether an answer of this type is played."""
    return media_type(content_type) in webhook_spec().audio_types


def read_reply(answer: Response) -> bytes:
    """The body of *answer*. Raises :class:`TooLarge` for a large document, and the exceptions of ``requests``."""
    if is_audio(answer.headers.get("Content-Type", "")):
        return read_audio(answer)
    if answer.status_code >= 300:
        return _read(answer, _MOST_OF_NO_DOCUMENT)
    data = _read(answer, size_limit())
    if len(data) > size_limit():
        raise TooLarge(f"the answer is larger than {size_limit():,} bytes")
    return data


def size_limit() -> int:
    """The number of bytes that a document may have."""
    return int(vocabulary().document["limits"]["bytes"])


def read_audio(answer: Response) -> bytes:
    """The audio file in *answer*, or its beginning if it is very long. Raises the exceptions of ``requests``."""
    return _read(answer, _MOST_AUDIO)


def _read(answer: Response, most: int) -> bytes:
    """The body, and no more of it than the chunk in which it gets longer than *most* bytes."""
    data = bytearray()
    for chunk in answer.iter_content(_CHUNK):
        data += chunk
        if len(data) > most:
            break
    return bytes(data)


def decode_text(data: bytes, content_type: str) -> str:
    """The text of *data*: by its byte order mark, the charset of *content_type*, its XML declaration, else as UTF-8."""
    for mark, name in _BOMS.items():
        if data.startswith(mark):
            return data.decode(name, "replace").removeprefix("\ufeff")
    charset, declaration = _CHARSET.search(content_type), _XML_DECLARATION.match(data)
    wanted = charset[1] if charset else declaration[1].decode() if declaration else "utf-8"
    try:
        return data.decode(wanted, "replace")
    except (LookupError, ValueError):  # an unknown charset, or one that is not for text
        return data.decode("utf-8", "replace")
