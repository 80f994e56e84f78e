"""The phones of the simulated world, by number."""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from fnmatch import fnmatchcase

from ._script import Script, script

_NO_SCRIPT = Script("", ())


class Phones(MutableMapping[str, Script]):
    """What the phone at each address does: ``phones["+13105555555"] = "ring 3; answer; press 1; hang up"``.

    A key may be a pattern (``"+1310*"``); the exact address wins, then the longest pattern. A phone without a script
    answers after two seconds and listens. Setting a script that cannot be read raises :class:`PhoneScriptError`.
    """

    def __init__(self) -> None:
        self._scripts: dict[str, Script] = {}
        self._meanwhile: dict[str, Script] = {}

    def __getitem__(self, address: str) -> Script:
        return self._scripts[address]

    def __setitem__(self, address: str, source: str | Script) -> None:
        self._scripts[address] = source if isinstance(source, Script) else script(source)

    def __delitem__(self, address: str) -> None:
        del self._scripts[address]

    def __iter__(self) -> Iterator[str]:
        return iter(self._scripts)

    def __len__(self) -> int:
        return len(self._scripts)

    @contextmanager
    def during(self, address: str, source: str) -> Iterator[None]:
        """Give the phone at *address* a script for the calls that are placed inside the block, and for no other."""
        with_it = self._meanwhile | {address: script(source)}
        self._meanwhile, before = with_it, self._meanwhile
        try:
            yield
        finally:
            self._meanwhile = before

    def pick(self, address: str) -> Script:
        """The script for a call that rings *address* now."""
        if address in self._meanwhile:
            return self._meanwhile[address]
        if address in self._scripts:
            return self._scripts[address]
        patterns = [key for key in self._scripts if fnmatchcase(address, key)]
        return self._scripts[max(patterns, key=len)] if patterns else _NO_SCRIPT

    def __repr__(self) -> str:
        return "\n".join(f"{address}: {steps}" for address, steps in self._scripts.items())
