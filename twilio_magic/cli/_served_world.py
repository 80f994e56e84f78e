"""The world that ``twilio-magic serve`` serves: phones, numbers and mounts as the command line names them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..applications import load_application, names_application
from ..endpoints import number_address
from ..errors import PhoneScriptError, TwilioMagicError
from ..simulation import Following, Simulator, copy_world, list_scripts
from ._documents import explain_unreadable, read_text, refuse_python

if TYPE_CHECKING:
    from ..simulation import Script

_WEB = ("http://", "https://")
#: What looks like the address of a server, and is none: it is refused with what to write.
_ADDRESS = re.compile(r"[\w.+-]+://|[\w.-]+:\d+(/|$)")
_USAGE = (
    "A server is named with its scheme, http://localhost:3000/voice; an application is mounted, and its address given:"
    " --mount https://ivr.example.com=module:app."
)


class ServedWorld(Simulator):
    """A simulator that has its phones, numbers and mounts again after each reset, those of *world* first.

    Whatever is wrong with them is raised as :class:`TwilioMagicError`, when it is made. *files* are those whose
    documents answer.
    """

    def __init__(
        self,
        seed: int = 0,
        *,
        network: bool = True,
        world: str | None = None,
        phones: str | None = None,
        numbers: Sequence[str] = (),
        mounts: Sequence[str] = (),
    ) -> None:
        self.files: list[str] = []
        self._like = _load_world(world) if world else None
        self._scripts = _read_phones(phones) if phones else {}
        self._answers = dict(self._split_number(text) for text in numbers)
        self._targets = {url: self._find(target) for url, target in map(_split_mount, mounts)}
        super().__init__(seed, network=network)

    def _begin(self) -> None:
        super()._begin()
        if self._like is not None:
            copy_world(self._like, self)
        self.phones.update(self._scripts)
        for url, target in self._targets.items():
            self.mount(url, target)
        for number, answer in self._answers.items():
            owned = self.numbers[number]
            owned.voice_url = answer if isinstance(answer, str) else self._host(answer, owned.sid)

    def _host(self, document: Following, sid: str) -> str:
        """Mount *document* as a TwiML Bin, at an address that the *sid* of a number makes."""
        url = f"https://handler.twilio.com/twiml/EH{sid[2:]}"
        self.mount(url, document)
        return url

    def _split_number(self, text: str) -> tuple[str, str | Following]:
        """The number in ``+12125551234=URL``, and what answers there: an address, or a document."""
        number, _, answer = text.partition("=")
        if not answer:
            raise TwilioMagicError(
                f"--number {text} does not say what answers.",
                hint="Write --number +12125551234=https://ivr.example.com/menu, or a file of TwiML.",
            )
        address = number_address(number)
        if answer.startswith(_WEB):
            return address, answer
        if _is_no_file(answer):
            raise TwilioMagicError(f"--number {text}: {answer!r} is no file of TwiML.", hint=_USAGE)
        return address, self._follow(answer)

    def _find(self, target: str) -> Any:
        """What *target* names: an application, a document, or the address of a server."""
        if target.startswith(_WEB):
            return target
        if names_application(target):
            return load_application(target)
        if _is_no_file(target):
            return target
        return self._follow(target)

    def _follow(self, name: str) -> Following:
        self.files.append(name)
        return _follow_file(name)


def _load_world(name: str) -> Simulator:
    """The simulator that *name* names."""
    if not names_application(name):
        raise TwilioMagicError(
            f"{name} names no simulator.",
            hint="Write ivr.py:simulator, the file and the name in it.",
        )
    found = load_application(name)
    if not isinstance(found, Simulator):
        raise TwilioMagicError(
            f"{name} is no simulator: its type is {type(found).__name__}.",
            hint=f"An application is mounted: --mount https://ivr.example.com={name}.",
        )
    return found


def _is_no_file(target: str) -> bool:
    """Whether *target* is meant as the address of a server, or as an application, and there is no such file."""
    is_meant = _ADDRESS.match(target) or names_application(target)
    return bool(is_meant) and not Path(target).exists()


def _read_phones(name: str) -> dict[str, Script]:
    text = _read(name)
    try:
        return list_scripts(text)
    except PhoneScriptError as error:
        place = f"{name}:{error.line}:{error.column}"
        raise TwilioMagicError(
            error.message, place=place, excerpt=error.excerpt, hint=error.hint
        ) from None


def _split_mount(text: str) -> tuple[str, str]:
    url, _, target = text.partition("=")
    if not target:
        raise TwilioMagicError(
            f"--mount {text} does not say what answers.",
            hint="Write --mount https://ivr.example.com=module:app, a file of TwiML, or http://127.0.0.1:5050.",
        )
    return url, target


def _follow_file(name: str) -> Following:
    """The document in the file *name* as it is at each request, which fails while it cannot be read."""
    known = _read(name)
    refuse_python(name, known)

    def read_again() -> str:
        nonlocal known
        now = _read(name)
        known = now if now != known else known
        return known

    return Following(read_again, name, is_known=True)


def _read(name: str) -> str:
    try:
        return read_text(name)
    except (OSError, UnicodeDecodeError) as error:
        raise TwilioMagicError(explain_unreadable(name, error)) from None
