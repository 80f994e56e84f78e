"""What a phone shows: its status in words, what was heard and said, the TwiML that runs. Plain values, no widget."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ...simulation import Notice, Person

_MOST_LINES = 100  # of a transcript: older ones make room
_MOST_CHARACTERS = 400  # of one line
_MOST_SOURCE = 4000  # characters of a document around the verb that runs
_BEFORE = 800  # of them, those in front of it
_MOST_KEYS = 16

Line = dict[str, str]


@dataclass
class Screen:
    """The screen of the phone of *person*. :meth:`notice` changes it."""

    person: Person
    own: str
    status: str = "Ready"
    keys: str = ""
    lines: list[Line] = field(default_factory=list)
    document: dict[str, Any] = field(default_factory=lambda: dict(_NO_DOCUMENT))

    def notice(self, notice: Notice) -> None:
        """Take in what happened."""
        told = _TOLD.get(notice.kind)
        if told is not None:
            told(self, notice)

    def say(self, status: str) -> None:
        """Show *status*."""
        self.status = status

    def _begin(self, notice: Notice) -> None:
        self.lines, self.keys, self.document = [], "", dict(_NO_DOCUMENT)
        self.status = "Incoming call" if notice.kind == "ringing" else "Calling …"

    def _answered(self, _: Notice) -> None:
        self.status = "In a call"

    def _over(self, notice: Notice) -> None:
        seconds = self.person.seconds
        lasted = "" if seconds is None else f" after {seconds:.0f} s"
        self.status = f"Call ended: {notice.text}{lasted}"
        self.document = {**self.document, "start": -1, "end": -1, "verb": ""}

    def _unplugged(self, _: Notice) -> None:
        self.status = "Another phone has this address now, or the simulator began anew"

    def _missed(self, notice: Notice) -> None:
        self._line("", f"{notice.text} called and found this phone busy.", "note")

    def _heard(self, notice: Notice) -> None:
        self._line(notice.speaker, notice.text, "heard")

    def _cut(self, notice: Notice) -> None:
        places = [place for place, line in enumerate(self.lines) if line["kind"] == "heard"]
        if notice.text and places and self.lines[places[-1]]["text"].startswith(notice.text):
            lines = list(self.lines)
            lines[places[-1]] = {**lines[places[-1]], "text": f"{notice.text} …"}
            self.lines = lines

    def _noise(self, notice: Notice) -> None:
        is_here = notice.audio is not None and notice.audio.content
        link = {} if is_here else _link(notice.url or "")
        self._line("", notice.text, "sound", **link)

    def _beep(self, _: Notice) -> None:
        self._line("", "a beep", "sound")

    def _tones(self, notice: Notice) -> None:
        self._line("", f"the tones of {notice.text}", "sound")

    def _spoke(self, notice: Notice) -> None:
        self._line("You", notice.text, "me")

    def _unheard(self, notice: Notice) -> None:
        self._line("", f"The microphone is off; nobody heard “{notice.text}”.", "note")

    def _pressed(self, notice: Notice) -> None:
        self.keys = (self.keys + notice.text)[-_MOST_KEYS:]
        self._line("You", f"[presses {notice.text}]", "me")

    def _performs(self, notice: Notice) -> None:
        element = notice.element
        if element is None:
            self.document = {**self.document, "start": -1, "end": -1, "verb": ""}
            return
        text, start, end = _around(notice.source or "", *element.extent)
        language = element.attributes.get("language", "")
        self.document = {
            "text": text, "start": start, "end": end, "verb": element.name, "language": language,
        }  # fmt: skip

    def _line(self, who: str, text: str, kind: str, **more: str) -> None:
        if len(text) > _MOST_CHARACTERS:
            text = f"{text[:_MOST_CHARACTERS]} …"
        self.lines = [*self.lines, {"who": who, "text": text, "kind": kind, **more}][-_MOST_LINES:]


_NO_DOCUMENT: Mapping[str, Any] = {"text": "", "start": -1, "end": -1, "verb": "", "language": ""}

_TOLD: Mapping[str, Callable[[Screen, Notice], None]] = {
    "ringing": Screen._begin,
    "calling": Screen._begin,
    "answered": Screen._answered,
    "over": Screen._over,
    "missed": Screen._missed,
    "unplugged": Screen._unplugged,
    "heard": Screen._heard,
    "cut": Screen._cut,
    "noise": Screen._noise,
    "beep": Screen._beep,
    "keys": Screen._tones,
    "spoke": Screen._spoke,
    "unheard": Screen._unheard,
    "pressed": Screen._pressed,
    "performs": Screen._performs,
}


def _link(url: str) -> dict[str, str]:
    """A button for what would have to be asked of another computer, if a browser can."""
    return {"url": url} if url.startswith(("https://", "http://")) else {}


def _around(text: str, start: int, end: int) -> tuple[str, int, int]:
    """*text*, or so much of a long one around the element from *start* to *end* as a screen holds."""
    if len(text) <= _MOST_SOURCE:
        return text, start, end
    first = text.rfind("\n", 0, max(0, start - _BEFORE)) + 1 if start > _BEFORE else 0
    last = first + _MOST_SOURCE
    shown = text[first:last] + (" …" if last < len(text) else "")
    return shown, start - first, min(end, last) - first
