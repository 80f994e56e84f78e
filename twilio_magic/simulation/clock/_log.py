"""The log of what went wrong while time passed, for what nobody is told otherwise."""

from __future__ import annotations

import logging
from textwrap import indent
from traceback import format_exception

from ...display import visible

_LOG = logging.getLogger("twilio_magic.clock")


def log_error(what: str, error: BaseException) -> None:
    """Log *what* happened, with the traceback of *error*."""
    # Every line of the traceback is indented: a message in it cannot look like a line of the log.
    told = indent(visible("".join(format_exception(error))), "  | ", lambda _: True)
    _LOG.error("%s\n%s", visible(what), told)
