"""The log of what went wrong while time passed, for what nobody is told otherwise."""

from __future__ import annotations

import logging
from textwrap import indent
from traceback import format_exception

from ...display import visible

_LOG = logging.getLogger("twilio_magic.clock")


def log_error(what: str, error: BaseException) -> None:
    """Log *what* happened, with the traceback of *error*."""
    _LOG.error("%s%s", visible(what), _trace(error))


def log_warning(what: str, error: BaseException | None = None) -> None:
    """Log *what* a web application did wrong, with the traceback of *error* if there is one."""
    _LOG.warning("%s%s", visible(what), _trace(error) if error else "")


def _trace(error: BaseException) -> str:
    """The traceback of *error*. Every line is indented: a message in it cannot look like a line of the log."""
    return "\n" + indent(visible("".join(format_exception(error))), "  | ", lambda _: True)
