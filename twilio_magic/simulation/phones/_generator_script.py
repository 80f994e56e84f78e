"""Phones whose steps come from Python: a generator function instead of a script.

It yields steps in the words of scripts, and gets back what the phone heard since the step before:

    def caller():
        heard = yield 'hear "your code is"'
        code = yield "wait 3"
        yield f"press {code[-4:]}; hang up"
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import TYPE_CHECKING, Any, ClassVar

from ...errors import PhoneScriptError
from ...records import dataclass
from ...scripts import Playing, Ringing, steps_of
from ..clock._interrupts import describe_end, interrupts
from ..clock._running_loop import run_foreign_outside_loop

if TYPE_CHECKING:
    from ...scripts import Step

#: The generator of a function that is used as a phone.
Talk = Generator[str, Any, None]


@dataclass(frozen=True, slots=True)
class Routine:
    """A phone that does what *function* yields, anew in every call."""

    function: Callable[[], Talk]
    steps: ClassVar[tuple[Step, ...]] = ()  # they are not known before it yields them

    def choose(self, _: str) -> Routine:
        """The same: the function chooses itself."""
        return self

    def play(self) -> Playing:
        """The steps as *function* yields them; what goes wrong in it is a :class:`PhoneScriptError` with its line."""
        talk, ringing, heard = self._begin(), Ringing(), None
        while True:
            try:
                text = str(run_foreign_outside_loop(talk.send, heard))
            except StopIteration:
                return
            except BaseException as error:
                raise self._failure(error) from error
            steps = self._read(text, ringing, _line(talk))
            heard = ""
            for step in steps:
                heard = f"{heard} {(yield step) or ''}".strip()

    def _begin(self) -> Talk:
        try:
            return run_foreign_outside_loop(self.function)
        except BaseException as error:
            raise self._failure(error) from error

    def _read(self, text: str, ringing: Ringing, line: int) -> list[Step]:
        try:
            return steps_of(text, ringing)
        except PhoneScriptError as error:
            error.place = f"line {line} of {self}, {error.place}"
            raise

    def error_of(self, _: Step, message: str, hint: str) -> PhoneScriptError:
        """The error for a step that did not come true."""
        return PhoneScriptError(message, place=str(self), hint=hint)

    def _failure(self, error: BaseException) -> PhoneScriptError:
        if not isinstance(error, Exception):
            interrupts.keep(error)
        trace = error.__traceback__
        while trace is not None and trace.tb_next is not None:
            trace = trace.tb_next
        return PhoneScriptError(
            f"The phone's function {describe_end(error)}",
            place=f"line {trace.tb_lineno if trace else '?'} of {self}",
            hint="The phone does nothing more in this call.",
        )

    def __str__(self) -> str:
        return f"{getattr(self.function, '__name__', 'a function')}()"


def _line(talk: Talk) -> int:
    frame = getattr(talk, "gi_frame", None)
    return frame.f_lineno if frame else 0
