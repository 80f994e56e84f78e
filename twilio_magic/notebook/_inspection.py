"""Shift-Tab in a ``%%twiml`` cell, and on an option of a magic: describes what is at the cursor.

IPython has no hook for it, so the ``do_inspect`` of this one kernel is wrapped; it knows the whole cell and the cursor.
The kernel of JupyterLite calls it ``inspect``; a kernel that has neither is left as it is.
Outside our cells it answers as before, and unloading restores it. Without a kernel there is ``%twiml --describe``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell

    from ._magic import Magic

_LINE = re.compile(r"\s*%{1,2}(?P<magic>\w+)\s(?P<rest>.*)")
#: An option, or a parameter in Twilio's own spelling.
_WORD = re.compile(r"--[\w-]+|(?<![\w=])[A-Z]\w*(?==)")
#: What kernels call it: that of Jupyter, and that of JupyterLite.
_INSPECT = ("do_inspect", "inspect")


def install_inspection(shell: InteractiveShell, magics: Mapping[str, Magic]) -> None:
    """Let the kernel of *shell* describe TwiML, and the options of *magics*."""
    kernel = getattr(shell, "kernel", None)
    name = next((each for each in _INSPECT if hasattr(kernel, each)), None)
    if kernel is None or name is None:
        return
    as_before = getattr(kernel, name)

    def do_inspect(code: str, cursor_pos: int, *args: Any, **kwargs: Any) -> Any:
        text = describe_at(code, cursor_pos) or describe_option_at(code, cursor_pos, magics)
        if text is None:
            return as_before(code, cursor_pos, *args, **kwargs)
        return {"status": "ok", "found": True, "data": {"text/plain": text}, "metadata": {}}

    setattr(kernel, name, do_inspect)


def uninstall_inspection(shell: InteractiveShell) -> None:
    """Restore the kernel's own inspection."""
    kernel = getattr(shell, "kernel", None)
    for name in _INSPECT if kernel is not None else ():
        vars(kernel).pop(name, None)


def describe_at(code: str, cursor: int) -> str | None:
    """Describe the element or attribute at *cursor* in a ``%%twiml`` cell; ``None`` elsewhere."""
    line, _, body = code.partition("\n")
    offset = cursor - len(line) - 1
    if not line.lstrip().startswith("%%twiml") or offset < 0:
        return None
    from ..twiml import describe, pointed_at, vocabulary

    pointed = pointed_at(body, offset)
    if pointed is None or pointed[0] not in vocabulary().elements:
        return None
    element, attribute = pointed
    known = attribute in vocabulary().elements[element].attributes
    return describe(element, attribute if known else None)


def describe_option_at(code: str, cursor: int, magics: Mapping[str, Magic]) -> str | None:
    """Describe the option at *cursor* on the line of one of *magics*, by their names; ``None`` elsewhere."""
    begin = code.rfind("\n", 0, cursor) + 1
    line = code[begin:].partition("\n")[0]
    match = _LINE.match(line)
    if match is None or match["magic"] not in magics:
        return None
    parser = magics[match["magic"]].parser
    for word in _WORD.finditer(line, match.start("rest")):
        if word.start() <= cursor - begin <= word.end():
            return parser.describe(word.group())
    return None
