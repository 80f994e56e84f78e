"""An exercise, its goals, and the verdict on an answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field, replace
from typing import TYPE_CHECKING, Any, ClassVar

from ..display import Shown, visible_line
from ..errors import TwilioMagicError
from ..records import dataclass
from ._answer import Answer, Missing, Unmade

if TYPE_CHECKING:
    from ._progress import Progress


@dataclass(frozen=True, slots=True)
class Goal:
    """One thing that an answer must come to: *text* says what, *look* raises :class:`Missing` while it is not so."""

    text: str
    look: Callable[[Answer], object]

    def missing(self, answer: Answer) -> Missing | None:
        """What *answer* lacks, or nothing. Whatever goes wrong in the answer itself is what it lacks."""
        try:
            self.look(answer)
        except Missing as missing:
            return missing
        except TwilioMagicError as error:
            return Missing(str(error), hint=error.hint)
        except Exception as error:
            return Missing(f"Trying it raised {type(error).__name__}: {error}")
        return None


@dataclass(frozen=True, slots=True)
class Exercise(Shown):
    """A task that checks itself. Shown, it says what is to be done.

    *task* is text in paragraphs; what a program would say stands between backticks, and an indented paragraph is code.
    *goals* are looked at in order, each only when those before it are reached. *names* gives the variables among which
    :meth:`check` looks.
    """

    view: ClassVar[str] = "twilio_magic.views.exercise:task"

    name: str
    title: str
    task: str
    goals: tuple[Goal, ...]
    names: Callable[[], Mapping[str, Any]] = field(default=dict, repr=False)
    progress: Progress | None = field(default=None, repr=False, compare=False)

    def among(
        self, names: Callable[[], Mapping[str, Any]], progress: Progress | None = None
    ) -> Exercise:
        """The same exercise, whose answer is looked for among the variables that *names* gives.

        *progress* counts the tries, and gives more hints with each.
        """
        return replace(self, names=names, progress=progress)

    def check(self, **given: Any) -> Verdict:
        """What is reached and what is missing, in the notebook's variables or in those that are *given* by name.

        Never raises, whatever the answer is: *Run All* goes on, and the verdict of an empty answer is the same each
        time. Hints grow with the tries of the notebook; an answer that is *given* is no try.
        """
        verdict = self._judge(Answer({**self.names(), **given}))
        return verdict if given or self.progress is None else self.progress.note(verdict)

    def _judge(self, answer: Answer) -> Verdict:
        for index, goal in enumerate(self.goals):
            missing = goal.missing(answer)
            if missing is not None:
                is_begun = index > 0 or not isinstance(missing, Unmade)
                hint = missing.hint or ""
                return Verdict(self, index, missing.message, hint, is_begun=is_begun)
        return Verdict(self, len(self.goals))

    def __repr__(self) -> str:
        return visible_line(f"<Exercise {self.name}: {self.title}>")


@dataclass(frozen=True, slots=True, repr=False)
class Verdict(Shown):
    """How far an answer to *exercise* came: the number of goals that are *reached*, what is *missing* for the next one,
    and a *hint*, with *more* of them after several tries. True when the exercise is done.
    """

    view: ClassVar[str] = "twilio_magic.views.exercise:verdict"

    exercise: Exercise
    reached: int
    missing: str = ""
    hint: str = ""
    more: tuple[str, ...] = ()
    is_begun: bool = True

    @property
    def is_done(self) -> bool:
        """Whether every goal is reached."""
        return self.reached == len(self.exercise.goals)

    def __bool__(self) -> bool:
        return self.is_done

    def __repr__(self) -> str:
        return visible_line(f"<{self.exercise.name}: {self.missing or 'done'}>")
