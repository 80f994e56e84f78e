"""Screenshots as one moving picture in WebP. A browser makes a still picture of each; here they are put together."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from playwright.sync_api import Page

_QUALITY = 0.8
_ENCODE = """async ([png, quality]) => {
    const picture = new Image();
    picture.src = "data:image/png;base64," + png;
    await picture.decode();
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [picture.width, picture.height];
    canvas.getContext("2d", {alpha: false}).drawImage(picture, 0, 0);
    return [picture.width, picture.height, canvas.toDataURL("image/webp", quality).split(",")[1]];
}"""
_PIXELS = (b"VP8 ", b"VP8L", b"ALPH")
_ANIMATED = 0b10  # the flag of a picture that moves
_REPLACES = 0b10  # the flag of a frame that is not mixed with the one before


@dataclass(frozen=True, slots=True)
class Frame:
    """A screenshot as PNG, shown for so many *seconds*."""

    png: bytes
    seconds: float


def moving_picture(page: Page, frames: Sequence[Frame]) -> bytes:
    """The *frames*, all of one size, as an animated WebP that begins anew at its end; *page* is an empty one."""
    chunks = []
    for frame in frames:
        width, height, webp = page.evaluate(
            _ENCODE, [base64.b64encode(frame.png).decode(), _QUALITY]
        )
        still = b"".join(_picture_in(base64.b64decode(webp)))
        place = _int24(0) * 2 + _int24(width - 1) + _int24(height - 1)
        shown = _int24(round(frame.seconds * 1000)) + bytes([_REPLACES])
        chunks.append(_chunk(b"ANMF", place + shown + still))
    size = bytes([_ANIMATED, 0, 0, 0]) + _int24(width - 1) + _int24(height - 1)
    head = _chunk(b"VP8X", size) + _chunk(b"ANIM", b"\xff\xff\xff\xff" + bytes(2))
    body = b"WEBP" + head + b"".join(chunks)
    return b"RIFF" + len(body).to_bytes(4, "little") + body


def _picture_in(webp: bytes) -> Iterator[bytes]:
    """The chunks of a still picture that a frame may have: the pixels, without what is said of the file."""
    place = 12
    while place < len(webp):
        size = int.from_bytes(webp[place + 4 : place + 8], "little")
        end = place + 8 + size + size % 2
        if webp[place : place + 4] in _PIXELS:
            yield webp[place:end]
        place = end


def _chunk(name: bytes, content: bytes) -> bytes:
    return name + len(content).to_bytes(4, "little") + content + bytes(len(content) % 2)


def _int24(number: int) -> bytes:
    return number.to_bytes(3, "little")
