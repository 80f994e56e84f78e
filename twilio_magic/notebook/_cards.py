"""The cards of calls in a page: how a widget's module finds them, and the name by which both know a card."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from zlib import crc32

from ._scripts import join_scripts

_TAG = re.compile(r"<[^>]*>")
_BLANK = re.compile(r"[ \t\n\r\f]")


def key_of(sid: str, html: str) -> str:
    """The name of a card in the page: a fork has the sid of its call, so what the card says is in it, too."""
    said = _BLANK.sub("", unescape(_TAG.sub("", html)))
    return f"{sid}:{crc32(said.encode())}"


def join_modules(*paths: Path) -> str:
    """The JavaScript at *paths* as one module, behind what finds cards in the page and adds to them."""
    return join_scripts(Path(__file__).with_name("cards.js"), *paths)
