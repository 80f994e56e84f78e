"""The audio files that a call plays: requests them, and measures how long they play."""

from __future__ import annotations

from collections.abc import MutableMapping
from contextlib import closing
from dataclasses import field
from typing import TYPE_CHECKING
from urllib.parse import urldefrag, urljoin

import requests
from urllib3.exceptions import HTTPError

from ...deadlines import Deadline
from ...records import dataclass
from ...secret import mask_user_info
from ..audio._duration import audio_seconds
from ..clock._interrupts import interrupts, run_foreign
from ._error_page import tell_reason
from ._errors import Failure, failure_of, failure_of_status, failure_of_stop
from ._reply import is_audio, media_type, read_audio
from ._signed_request import open_session
from ._spec import code_of, webhook_spec

if TYPE_CHECKING:
    from requests.cookies import RequestsCookieJar

    from ._network import Network

#: How long a file plays whose length cannot be measured.
ASSUMED_SECONDS = 5.0
#: Seconds to connect, and for the whole file with its redirects: a stream such as radio has no end.
_CONNECT, _LONGEST = 5.0, 30.0
_MOST_KEPT = 2**20


@dataclass(frozen=True, slots=True)
class AudioFile:
    """The file at *url*, which plays for *seconds*; ``None`` if that cannot be measured.

    With a *failure* there is nothing to play. *is_audio* is false for an answer of another type. The *content* of short
    files is kept, so that a softphone can play it.
    """

    url: str
    seconds: float | None = None
    failure: Failure | None = None
    kind: str = ""
    is_audio: bool = True
    content: bytes = field(default=b"", repr=False)

    @property
    def playing_seconds(self) -> float:
        """How long it plays, assumed where it cannot be measured."""
        return ASSUMED_SECONDS if self.seconds is None else self.seconds

    def __str__(self) -> str:
        if self.seconds is not None:
            return f"{self.url} ({self.seconds:.1f} s)"
        why = f"because this {self.kind} cannot be measured"
        return f"{self.url} (its length is assumed: {ASSUMED_SECONDS:g} s, {why})"


def fetch_audio(
    url: str,
    network: Network,
    files: MutableMapping[str, AudioFile],
    cookies: RequestsCookieJar | None = None,
) -> AudioFile:
    """The file at *url*, from the *files* that a call has requested; if it is not there, it is requested and added.

    The request sends *cookies*, and those that come back are added to them.
    """
    if url not in files:
        files[url] = _request(url, network, cookies)
    return files[url]


def _request(url: str, network: Network, cookies: RequestsCookieJar | None) -> AudioFile:
    """Request the file, without parameters and without a signature, as any browser would.

    The lock is laid down meanwhile, because the application that serves the file may use the API.
    """
    shown = mask_user_info(url)
    with network.lock.laid_down(), open_session(network.web) as session, Deadline(_LONGEST):
        if cookies is not None:
            session.cookies = cookies
        try:
            return _follow(shown, url, session)
        except (requests.RequestException, HTTPError, OSError, ValueError) as error:
            return AudioFile(shown, failure=failure_of(error))
        except BaseException as error:
            interrupts.keep(error)
            return AudioFile(shown, failure=failure_of_stop(error))


def _follow(shown: str, url: str, session: requests.Session) -> AudioFile:
    """The file that the redirects of *url* lead to; *shown* is its address for people."""
    rules = webhook_spec().redirects
    for _ in range(rules.most + 1):
        with closing(session.get(url, timeout=(_CONNECT, _LONGEST), stream=True)) as answer:
            location = answer.headers.get("Location")
            if not location or answer.status_code not in rules.followed:
                return _read_file(shown, answer)
            url = urldefrag(urljoin(url, location)).url
    failure = Failure(code_of("redirects"), f"more than {rules.most} redirects")
    return AudioFile(shown, failure=failure)


def measure_audio(url: str, content: bytes, kind: str) -> AudioFile:
    """The file at *url* with this *content*, of the media type *kind*."""
    kept = content if len(content) <= _MOST_KEPT else b""
    return AudioFile(url, audio_seconds(content, kind), kind=kind, content=kept)


def _read_file(url: str, answer: requests.Response) -> AudioFile:
    if answer.status_code >= 400:
        failure = failure_of_status(answer.status_code, answer.reason or "", tell_reason(answer))
        return AudioFile(url, failure=failure)
    kind = media_type(answer.headers.get("Content-Type", ""))
    if not is_audio(kind):
        return AudioFile(url, kind=kind, is_audio=False)
    return measure_audio(url, run_foreign(read_audio, answer), kind)
