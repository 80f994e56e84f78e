"""The log of what went wrong while time passed, for what nobody is told otherwise."""

from __future__ import annotations

import logging
from textwrap import indent
from traceback import format_exception

from ...display import visible
from ...tracebacks import cut_traceback

_LOG = logging.getLogger("twilio_magic.clock")


def log_error(what: str, error: BaseException) -> None:
    """Log *what* happened, with the traceback of *error*."""
    _LOG.error("%s%s", visible(what), _indent("".join(format_exception(error))))


def log_warning(what: str, error: BaseException | None = None) -> None:
    """Log *what* a web application did wrong, with the traceback of *error* if there is one, cut to its own files."""
    _LOG.warning("%s%s", visible(what), _indent(cut_traceback(error)) if error else "")


def _indent(trace: str) -> str:
    """*trace* below a line of the log. Every line is indented: a message in it cannot look like a line of the log."""
    return "\n" + indent(visible(trace), "  | ", lambda _: True)
