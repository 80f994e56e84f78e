"""Audio files that a call plays: measured, and for a Play requested once a call, as anybody would."""

from __future__ import annotations

from collections.abc import MutableMapping
from contextlib import closing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import requests

from ...secret import mask_user_info
from ..audio._duration import audio_seconds
from ._errors import Failure, failure_of, failure_of_status
from ._reply import is_audio, kind_of, read_audio
from ._spec import webhook_spec

if TYPE_CHECKING:
    from ..mounts._web import Web
    from ._network import Network

#: How long a file plays whose length nobody can tell.
ASSUMED_SECONDS = 5.0
_PATIENCE = (5.0, 15.0)  # seconds to connect, and to answer
_LONGEST = 30.0  # seconds for all of a file: what takes longer may be without end, as radio is
_MOST_KEPT = 2**20


@dataclass(frozen=True, slots=True)
class AudioFile:
    """The file at *url*: *seconds* long, ``None`` if that cannot be told. With a *failure* there is nothing to play.

    *is_audio* is false for an answer that is something else. *content* is kept of short files, for a phone
    with a person at it.
    """

    url: str
    seconds: float | None = None
    failure: Failure | None = None
    kind: str = ""
    is_audio: bool = True
    content: bytes = field(default=b"", repr=False)

    @property
    def playing_seconds(self) -> float:
        """The seconds that it plays, assumed where it cannot be measured."""
        return ASSUMED_SECONDS if self.seconds is None else self.seconds

    def __str__(self) -> str:
        if self.seconds is not None:
            return f"{self.url} ({self.seconds:.1f} s)"
        why = f"because this {self.kind} cannot be measured"
        return f"{self.url} (its length is assumed: {ASSUMED_SECONDS:g} s, {why})"


def fetch_audio(url: str, network: Network, files: MutableMapping[str, AudioFile]) -> AudioFile:
    """The file at *url*, from the *files* that a call has requested, or requested now and kept there.

    The request says nothing of the call. Who serves the file may use the API meanwhile.
    """
    if url not in files:
        with network.lock.laid_down():
            files[url] = _request(network.web, url)
    return files[url]


def _request(web: Web, url: str) -> AudioFile:
    shown = mask_user_info(url)
    with requests.Session() as session:
        session.trust_env = False
        session.headers.clear()
        session.headers.update(webhook_spec()["headers"])
        session.max_redirects = webhook_spec()["redirects"]["most"]
        for scheme in ("https://", "http://"):
            session.mount(scheme, web)
        try:
            with closing(session.get(url, timeout=_PATIENCE, stream=True)) as answer:
                return _read_answer(shown, answer)
        except (requests.RequestException, OSError, ValueError) as error:
            return AudioFile(shown, failure=failure_of(error))


def measure_audio(url: str, content: bytes, kind: str) -> AudioFile:
    """The file at *url*, which has this *content* and declares itself as *kind*."""
    kept = content if len(content) <= _MOST_KEPT else b""
    return AudioFile(url, audio_seconds(content, kind), kind=kind, content=kept)


def _read_answer(url: str, answer: requests.Response) -> AudioFile:
    if answer.status_code >= 400:
        logged = getattr(answer.raw, "logged", "")
        failure = failure_of_status(answer.status_code, answer.reason or "", logged)
        return AudioFile(url, failure=failure)
    kind = kind_of(answer.headers.get("Content-Type", ""))
    if not is_audio(kind):
        return AudioFile(url, kind=kind, is_audio=False)
    return measure_audio(url, read_audio(answer, _LONGEST), kind)
