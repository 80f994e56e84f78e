"""``tm.exercise``: an exercise that checks the variables of the notebook; ``tm.exercises``: how far one has come."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from ..errors import TwilioMagicError
from ..suggestions import did_you_mean, nearest

if TYPE_CHECKING:
    from ..learning import Exercise, ExerciseList, Progress


def exercise(name: str) -> Exercise:
    """Return the exercise called *name*, which shows its task; its ``check()`` shows what is missing, and never raises.

    It checks the variables of the notebook, or those that ``check`` is given: ``check(hours=document)``. Answers
    are tried out in a simulated world of their own, so checking changes nothing in the notebook. Raises
    :class:`TwilioMagicError` for a name that no exercise has.
    """
    from ..learning import EXERCISES

    if name not in EXERCISES:
        raise _unknown(name, list(EXERCISES))
    return EXERCISES[name].among(_variables, _progress())


def exercises() -> ExerciseList:
    """Return all exercises with their notebooks, and which are done, begun and open.

    Tries are counted in this kernel, and, in the folder of ``twilio-magic learn``, in all its notebooks.
    ``.save("ann.txt", "Ann")`` writes them down for a teacher.
    """
    from ..learning import list_exercises

    return list_exercises(_progress())


@cache
def _progress() -> Progress:
    """What this kernel knows of the learner."""
    from ..learning import Progress

    return Progress()


def _unknown(name: str, known: list[str]) -> TwilioMagicError:
    hint = did_you_mean(nearest(name, known), "'{}'") or f"There are {', '.join(known)}."
    return TwilioMagicError(f"There is no exercise {name!r}.", hint=hint)


def _variables() -> Mapping[str, Any]:
    """The variables of the notebook, or of the program where there is no IPython."""
    from IPython.core.getipython import get_ipython

    shell = get_ipython()
    return vars(sys.modules["__main__"]) if shell is None else shell.user_ns
