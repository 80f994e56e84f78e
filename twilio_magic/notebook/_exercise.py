"""``tm.exercise``: an exercise that checks the variables of the notebook."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ..errors import TwilioMagicError
from ..suggestions import did_you_mean, nearest

if TYPE_CHECKING:
    from ..exercises import Exercise


def exercise(name: str) -> Exercise:
    """Return the exercise called *name*, which shows its task; its ``check()`` shows what is missing, and never raises.

    It checks the variables of the notebook, or those that ``check`` is given: ``check(hours=document)``. Answers
    are tried out in a simulated world of their own, so checking changes nothing in the notebook. Raises
    :class:`TwilioMagicError` for a name that no exercise has.
    """
    from ..exercises import EXERCISES

    if name not in EXERCISES:
        raise _unknown(name, list(EXERCISES))
    return EXERCISES[name].among(_variables)


def _unknown(name: str, known: list[str]) -> TwilioMagicError:
    hint = did_you_mean(nearest(name, known), "'{}'") or f"There are {', '.join(known)}."
    return TwilioMagicError(f"There is no exercise {name!r}.", hint=hint)


def _variables() -> Mapping[str, Any]:
    """The variables of the notebook, or of the program where there is no IPython."""
    from IPython.core.getipython import get_ipython

    shell = get_ipython()
    return vars(sys.modules["__main__"]) if shell is None else shell.user_ns
