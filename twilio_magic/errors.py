"""The errors of this package, and how they are shown.

TwilioMagicError                 base of all; shown in a notebook as a small box, without a traceback
├── MagicLineError               the line after % or %% makes no sense
├── TwimlError                   the document is not one that Twilio would run
│   ├── NotXml                   ... not even XML (12100); carries line and column
│   ├── Unfilled                 ... a $name in it is not known
│   └── Rejected                 ... Twilio would refuse it; carries the problems
├── RequestError                 the request is one that Twilio would refuse; nothing was sent
├── ApiError                     the Calls API answered with an error; carries status, code and message
│   ├── TooManyRequests          ... too many at once (429)
│   └── TwilioFailed             ... Twilio had a fault of its own (5xx)
├── NoAnswerFromApi              nothing usable came back; says whether the request may have had its effect
│   ├── Unreachable              ... there was no connection
│   ├── AnswerTimedOut           ... it took too long
│   └── NotTheApi                ... something else answered: a proxy, a login page, half an answer
├── UnknownName                  a client, a collection or a resource has nothing of this name
├── CredentialsError             no usable account sid and secret were found
├── LiveCallRefused              a real call was not placed, because nobody agreed to it or a limit was reached
├── NotInstalled                 a package that only this needs is not installed
└── SimulatorError               the simulated world was asked for something it cannot do
    ├── PhoneScriptError         a phone's script cannot be read, or did not come true
    │   └── DialogError          ... or a dialog cannot, or what it names cannot be had
    ├── PastDiffers              a call cannot be forked: its past does not come out the same again
    ├── UnknownHost              a simulated client was sent to a host that the simulator does not play
    ├── TwilioOutOfReach         an application that is rehearsed tried to reach Twilio itself
    └── WaitingInsideWebhook     a webhook waited for the call that is waiting for the webhook

Every error knows what went wrong, where, and what to do about it. *code* is Twilio's error code where there is one.
"""

from __future__ import annotations

import copyreg
import textwrap
import traceback
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from .display import sentence, visible, visible_line

if TYPE_CHECKING:
    from .problem import Problem

#: Where Twilio explains one of its error codes.
PAGE_OF_CODE = "https://www.twilio.com/docs/errors/{}"

_WIDTH, _BOLD, _PLAIN = 88, "\x1b[1m", "\x1b[0m"


class TwilioMagicError(Exception):
    """Base of every error of this package.

    *message* says what is wrong and names the offending value, *place* says where (``line 3, column 8``),
    *excerpt* shows the place, *hint* says what to do, and *code* is Twilio's error code, if Twilio has one.
    """

    #: Show Python's traceback instead of the box (set by ``%config TwilioMagics.tracebacks = True``).
    tracebacks: ClassVar[bool] = False
    #: The address of the page about the error, where the API names one.
    more_info: str | None = None
    #: All that it says is shown above it already, so that its box says no more than that.
    is_shown = False

    def __init__(
        self,
        message: str,
        *,
        hint: str | None = None,
        place: str | None = None,
        excerpt: Sequence[str] = (),
        code: int | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.place = place
        self.excerpt = list(excerpt)
        self.code = code
        self.hint = hint

    @property
    def hint(self) -> str | None:
        """What to do about it. It is a note of the exception, too, which Python shows below a traceback."""
        return self._hint

    @hint.setter
    def hint(self, hint: str | None) -> None:
        self._hint = hint
        self.__notes__ = [visible_line(f"→ {sentence(hint)}")] if hint else []

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle and copy keep all attributes, not the message alone."""
        return copyreg.__newobj__, (type(self), *self.args), vars(self)  # type: ignore[attr-defined]

    def __str__(self) -> str:
        head = f"{self.code}: {self.message}" if self.code else self.message
        where = f" ({self.place})" if self.place else ""
        return visible_line(head + where)

    def box(self) -> list[str]:
        """The error as a box of text lines: what, where, what to do, where to read more."""
        if self.is_shown:
            return [f"╭─ {type(self).__name__}", "│ What is wrong is shown above.", "╰─"]
        parts = (type(self).__name__, str(self.code or ""), self.place)
        title = " · ".join(visible_line(part) for part in parts if part)
        body = _wrap(sentence(self.message))
        if self.excerpt:
            body += ["", *self.excerpt]
        if self.hint:
            body += ["", *_wrap(f"→ {sentence(self.hint)}", indent="  ")]
        if self._page:
            body += ["", " ".join(str(self._page).split())]
        return [f"╭─ {title}", *(f"│ {visible_line(line)}".rstrip() for line in body), "╰─"]

    @property
    def _page(self) -> str | None:
        """Where to read more: what the API said, or Twilio's page about the code."""
        return self.more_info or (PAGE_OF_CODE.format(self.code) if self.code else None)

    def _render_traceback_(self) -> list[str]:
        if self.tracebacks:
            return [visible(part) for part in traceback.format_exception(self)]
        first, *rest = self.box()
        return [f"{_BOLD}{first}{_PLAIN}", *rest]


def _wrap(text: str, *, indent: str = "") -> list[str]:
    """*text* in lines that fit into the box; what is one word, such as an address, stays in one piece."""
    return textwrap.wrap(
        text, _WIDTH - 2, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )


class MagicLineError(TwilioMagicError):
    """The line after ``%`` or ``%%`` makes no sense."""


class TwimlError(TwilioMagicError):
    """The document is not one that Twilio would run."""


class NotXml(TwimlError):  # noqa: N818 - says what the text is, as a condition
    """The text is not well-formed XML (12100), or uses what no TwiML may use (a DTD, an entity of its own).
    *line* and *column* count from 1, in characters, in the text that was given.
    """

    def __init__(
        self,
        message: str,
        *,
        line: int,
        column: int,
        hint: str | None = None,
        excerpt: Sequence[str] = (),
        code: int = 12100,
    ) -> None:
        super().__init__(
            message, hint=hint, place=f"line {line}, column {column}", excerpt=excerpt, code=code
        )
        self.line, self.column = line, column


class Unfilled(TwimlError):  # noqa: N818 - says what the document is, as a condition
    """A ``$name`` in the document has no value."""


class Rejected(TwimlError):  # noqa: N818 - says what became of the document
    """Twilio would refuse this document; *problems* says why."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = list(problems)
        first, *more = [p for p in self.problems if p.level == "error"] or self.problems
        also = f" (and {len(more)} more)" if more else ""
        super().__init__(
            first.message + also,
            hint=first.hint,
            place=f"line {first.line}, column {first.column}",
            code=first.code,
        )


class RequestError(TwilioMagicError):
    """The request is one that Twilio would refuse; it was not sent.

    *code* is Twilio's, *parameter* the name of the offending parameter, *reason* a word: ``missing``, ``malformed``…
    """

    def __init__(
        self,
        message: str,
        *,
        parameter: str | None = None,
        code: int | None = None,
        hint: str | None = None,
        reason: str = "",
    ) -> None:
        super().__init__(message, hint=hint, code=code)
        self.parameter, self.reason = parameter, reason


class ApiError(TwilioMagicError):
    """The Calls API answered with an error: *status* is the HTTP status, *code* and *message* are Twilio's, *more_info*
    is the address of Twilio's page.
    """

    def __init__(
        self,
        message: str,
        *,
        status: int,
        code: int | None = None,
        more_info: str | None = None,
        hint: str | None = None,
    ) -> None:
        super().__init__(message, hint=hint, place=f"HTTP {status}", code=code)
        self.status, self.more_info = status, more_info


class TooManyRequests(ApiError):  # noqa: N818 - says what happened
    """Too many requests at once (HTTP 429). Nothing was done; wait a moment."""


class TwilioFailed(ApiError):  # noqa: N818 - says what happened
    """Twilio had a fault of its own (HTTP 5xx). Whether the request had its effect is not known."""


class NoAnswerFromApi(TwilioMagicError):  # noqa: N818 - says what happened
    """Nothing usable came back from the API. *may_have_happened* says whether the request may have had its effect all
    the same, such as ringing a phone.
    """

    def __init__(
        self, message: str, *, hint: str | None = None, may_have_happened: bool = False
    ) -> None:
        super().__init__(message, hint=hint)
        self.may_have_happened = may_have_happened


class Unreachable(NoAnswerFromApi):
    """There was no connection to the API, or it broke."""


class AnswerTimedOut(NoAnswerFromApi):
    """The API took too long to answer."""


class NotTheApi(NoAnswerFromApi):
    """What came back is not the API's: a proxy's page, a redirect, half an answer."""


class UnknownName(TwilioMagicError, AttributeError):  # noqa: N818 - says what is wrong
    """A client, a collection or a resource has nothing of this name; the hint has the one that was probably meant."""


class CredentialsError(TwilioMagicError):
    """No usable account sid and secret were found."""


class LiveCallRefused(TwilioMagicError):  # noqa: N818 - says what happened
    """A real call was not placed: nobody agreed to it, or a limit was reached. Nobody was called."""


class NotInstalled(TwilioMagicError):  # noqa: N818
    """A package that only this feature needs is not installed; the hint has the command that installs it."""


class SimulatorError(TwilioMagicError):
    """The simulated world was asked for something that it cannot do."""


class PhoneScriptError(SimulatorError):
    """A phone's script cannot be read, or what it waits for never came, in the call *call_sid* if it was in one.
    *line* and *column* count from 1, in the script.
    """

    call_sid: str = ""

    def __init__(self, message: str, *, line: int = 1, column: int = 1, **more: Any) -> None:
        super().__init__(message, **more)
        self.line, self.column = line, column


class DialogError(PhoneScriptError):
    """A dialog cannot be read, or what it names cannot be had: its application, an address."""


class PastDiffers(SimulatorError):  # noqa: N818 - says what is wrong
    """A call cannot be forked: its past is not the same again. *excerpt* has what was, and what is now."""


class UnknownHost(SimulatorError):  # noqa: N818 - says what is wrong
    """A simulated client was sent to a host that the simulator does not play. Nothing left the machine."""


class TwilioOutOfReach(SimulatorError):  # noqa: N818 - says what is wrong
    """An application tried to connect to Twilio while it answered a simulated call. Nothing left the machine."""


class WaitingInsideWebhook(SimulatorError):  # noqa: N818 - says what is wrong
    """A webhook, a phone's function or a person's listener waited for the call that is waiting for it."""
