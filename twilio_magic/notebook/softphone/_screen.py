"""The screen of a phone: its status, the transcript, and the TwiML that runs. Plain values, no widget."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field
from typing import TYPE_CHECKING, Any

from ...records import dataclass
from ...twiml import chosen_language

if TYPE_CHECKING:
    from ...simulation import Notice, Person
    from ...twiml import Element

_MOST_LINES = 100  # of a transcript: the oldest are dropped
_MOST_CHARACTERS = 400  # of one line
_MOST_SOURCE = 4000  # characters of a document around the verb that runs
_BEFORE = 800  # of these, before the verb
_MOST_KEYS = 16

TranscriptRow = dict[str, str]


@dataclass
class Screen:
    """The screen of the phone of *person*, which shows other phones by their *names*. :meth:`notice` changes it."""

    person: Person
    own: str
    names: Callable[[], Mapping[str, str]]
    status: str = "Ready"
    keys: str = ""
    lines: list[TranscriptRow] = field(default_factory=list)
    document: dict[str, Any] = field(default_factory=lambda: dict(_NO_DOCUMENT))

    def notice(self, notice: Notice) -> None:
        """Change the screen after an event."""
        told = _HANDLERS.get(notice.kind)
        if told is not None:
            told(self, notice)

    def say(self, status: str) -> None:
        """Show *status*."""
        self.status = status

    def _on_begin(self, notice: Notice) -> None:
        self.lines, self.keys, self.document = [], "", dict(_NO_DOCUMENT)
        self.status = "Incoming call" if notice.kind == "ringing" else "Calling …"

    def _on_answered(self, _: Notice) -> None:
        self.status = "In a call"

    def _on_connected(self, notice: Notice) -> None:
        self._line("", f"connected with {self.names().get(notice.text, notice.text)}", "note")

    def _on_over(self, notice: Notice) -> None:
        duration = self.person.duration
        lasted = "" if duration is None else f", connected for {duration} s"
        self.status = f"Call ended: {notice.text}{lasted}"
        self.document = {**self.document, "start": -1, "end": -1, "verb": ""}

    def _on_unplugged(self, _: Notice) -> None:
        self.status = "Another phone has this address now, or the simulator began anew"

    def _on_missed(self, notice: Notice) -> None:
        caller = self.names().get(notice.text, notice.text)
        self._line("", f"{caller} called and found this phone busy.", "note")

    def _on_heard(self, notice: Notice) -> None:
        self._line(self.names().get(notice.speaker, notice.speaker), notice.text, "heard")

    def _on_cut(self, notice: Notice) -> None:
        places = [place for place, line in enumerate(self.lines) if line["kind"] == "heard"]
        if notice.text and places and self.lines[places[-1]]["text"].startswith(notice.text):
            lines = list(self.lines)
            lines[places[-1]] = {**lines[places[-1]], "text": f"{notice.text} …"}
            self.lines = lines

    def _on_noise(self, notice: Notice) -> None:
        is_here = notice.audio is not None and notice.audio.content
        link = {} if is_here else _link(notice.url or "")
        self._line("", notice.text, "sound", **link)

    def _on_beep(self, _: Notice) -> None:
        self._line("", "a beep", "sound")

    def _on_tones(self, notice: Notice) -> None:
        self._line("", f"the tones of {notice.text}", "sound")

    def _on_spoke(self, notice: Notice) -> None:
        self._line("You", notice.text, "me")

    def _on_unheard(self, notice: Notice) -> None:
        self._line("", f"The microphone is off; nobody heard “{notice.text}”.", "note")

    def _on_pressed(self, notice: Notice) -> None:
        self.keys = (self.keys + notice.text)[-_MOST_KEYS:]
        self._line("You", f"[presses {notice.text}]", "me")

    def _on_verb(self, notice: Notice) -> None:
        element = notice.element
        if element is None:
            self.document = {**self.document, "start": -1, "end": -1, "verb": ""}
            return
        text, start, end = _around(notice.source or "", *element.extent)
        language = _spoken_to(element) or ""
        self.document = {
            "text": text, "start": start, "end": end, "verb": element.name, "language": language,
        }  # fmt: skip

    def _line(self, who: str, text: str, kind: str, **more: str) -> None:
        if len(text) > _MOST_CHARACTERS:
            text = f"{text[:_MOST_CHARACTERS]} …"
        self.lines = [*self.lines, {"who": who, "text": text, "kind": kind, **more}][-_MOST_LINES:]


_NO_DOCUMENT: Mapping[str, Any] = {"text": "", "start": -1, "end": -1, "verb": "", "language": ""}

_HANDLERS: Mapping[str, Callable[[Screen, Notice], None]] = {
    "ringing": Screen._on_begin,
    "calling": Screen._on_begin,
    "answered": Screen._on_answered,
    "connected": Screen._on_connected,
    "over": Screen._on_over,
    "missed": Screen._on_missed,
    "unplugged": Screen._on_unplugged,
    "heard": Screen._on_heard,
    "cut": Screen._on_cut,
    "noise": Screen._on_noise,
    "beep": Screen._on_beep,
    "keys": Screen._on_tones,
    "spoke": Screen._on_spoke,
    "unheard": Screen._on_unheard,
    "pressed": Screen._on_pressed,
    "performs": Screen._on_verb,
}


def _spoken_to(element: Element) -> str | None:
    """The language that *element*, or the agent in it, is spoken to, if it chooses one."""
    inside = next(iter(element.children), element) if element.name == "Connect" else element
    return inside.attributes.get("transcriptionLanguage") or chosen_language(inside)


def _link(url: str) -> dict[str, str]:
    """The link of a button that plays *url*, if a browser can fetch it."""
    return {"url": url} if url.startswith(("https://", "http://")) else {}


def _around(text: str, start: int, end: int) -> tuple[str, int, int]:
    """Cut a long *text* to the part around the element from *start* to *end*; returns it with both positions in it."""
    if len(text) <= _MOST_SOURCE:
        return text, start, end
    first = text.rfind("\n", 0, max(0, start - _BEFORE)) + 1 if start > _BEFORE else 0
    last = first + _MOST_SOURCE
    shown = text[first:last] + (" …" if last < len(text) else "")
    return shown, start - first, min(end, last) - first
