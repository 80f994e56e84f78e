"""The exception that an application failed with: as it raised it, from its log, or from its framework's error page.

What is read are the pages of Django, Werkzeug (Flask) and Express, and tracebacks of Python in plain text, as Starlette
sends them.
"""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from requests import Response

    from ...tracebacks import Raised

#: The first that is found counts: *kind* is the class of the exception, *words* are its message.
_PAGES = (
    # Django: the part of its page that can be copied, and its page in plain text
    re.compile(
        r"^Exception Type: (?P<kind>[\w.]+).*\n(?:<.*\n)*Exception Value: ?(?P<words>.*)",
        re.MULTILINE,
    ),
    # Werkzeug's debugger
    re.compile(r"<title>(?P<kind>[A-Z][\w.]*): (?P<words>[^\n<]*)"),
    # Python, in plain text
    re.compile(
        r"Traceback \(most recent call last\):\n(?:[ \t].*\n)*(?P<kind>[A-Za-z_][\w.]*)(?:: (?P<words>.*))?"
    ),
    # Express
    re.compile(r"<pre>(?P<kind>[A-Z]\w*): (?P<words>[^\n<]*)"),
)
_DEBUGGER = " // Werkzeug Debugger"


def raised_by(answer: Response) -> Raised | None:
    """The exception that the application in this process raised that gave *answer*, if it did."""
    raised: Raised | None = getattr(answer.raw, "raised", None)
    return raised


def tell_reason(answer: Response, page: str = "") -> str:
    """Why an application failed that gave *answer*, with this error *page*; empty if it does not tell."""
    raised = raised_by(answer)
    if raised is not None:
        return f"the application raised {raised.line}"
    logged = last_line(getattr(answer.raw, "logged", "")) or exception_of(page)
    return f"the application logged: {logged}" if logged else ""


def last_line(log: str) -> str:
    """The last line of the *log* of an application, which names its exception; empty without one."""
    return log.strip().rpartition("\n")[2].strip()


def exception_of(page: str) -> str:
    """The exception that an error *page* names, such as ``KeyError: 'Digits'``; empty if none is known there."""
    for pattern in _PAGES:
        found = list(pattern.finditer(page))
        if (
            found
        ):  # of exceptions that caused each other the last is what the application failed with
            words = unescape(found[-1]["words"] or "").removesuffix(_DEBUGGER).strip()
            return f"{found[-1]['kind']}: {words}" if words else found[-1]["kind"]
    return ""
