"""The exception that an application failed with: from its log, or from the error page that its framework shows.

What is read are the pages of Django, Werkzeug (Flask) and Express, and tracebacks of Python in plain text, as Starlette
sends them.
"""

from __future__ import annotations

import re
from html import unescape

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
