"""What is said of an address at which nothing answers: what is mounted near it, or how to mount something."""

from __future__ import annotations

from socket import gaierror
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from urllib3.exceptions import NameResolutionError

from ...secret import mask_user_info
from ...suggestions import by_likeness, did_you_mean, nearest
from ._causes import causes_of

if TYPE_CHECKING:
    from ._mounts import Mounts

_ADVICE = "; mount it: "
_MOST = 6  # mounted addresses that are named


def is_unknown_name(error: BaseException) -> bool:
    """Whether a request ended with *error* because nobody knows the name of the host."""
    return any(isinstance(each, gaierror | NameResolutionError) for each in causes_of(error))


def explain_unmounted(url: str, mounts: Mounts, why: str) -> str:
    """Why nothing answers at *url*, which is *why* where nothing of its host is mounted, and the next step."""
    parts = urlsplit(url)
    advice = f"{_ADVICE}%mount {mask_user_info(url).partition('?')[0]} NAME, or simulator.mount"
    beside = [
        each.base_url for each in mounts if urlsplit(each.base_url).hostname == parts.hostname
    ]
    if not beside:
        return f"{why}{advice}"
    path, known = parts.path or "/", {each: urlsplit(each).path or "/" for each in beside}
    paths = by_likeness(path, set(known.values()))
    likely = sorted(beside, key=lambda each: (paths.index(known[each]), each))
    shown = [_within(url, each) for each in likely]
    missing = f"{parts.hostname} is mounted, but not {path}"
    if nearest(path, paths):
        question = did_you_mean(shown[0], starts_sentence=False)
        return f"{missing}: {question} Mounted there: {_list(shown)}"
    return f"{missing}, only {_list(shown)}{advice}"


def _list(addresses: list[str]) -> str:
    more = len(addresses) - _MOST
    return ", ".join(addresses[:_MOST]) + (f" and {more} more" if more > 0 else "")


def _within(url: str, address: str) -> str:
    """*address* as a path where it has the scheme, the host and the port of *url*; else as it is."""
    asked, parts = urlsplit(url), urlsplit(address)
    is_same = (asked.scheme, asked.port) == (parts.scheme, parts.port)
    return parts.path or "/" if is_same else address


def replace_mount_advice(text: str, advice: str) -> str:
    """*text*, an error that may say how to mount what is missing, with another *advice*."""
    said, is_there, _ = text.partition(_ADVICE)
    return f"{said}; {advice}" if is_there else text
