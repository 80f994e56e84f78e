"""Two hundred dialogs with an application of five webhooks, each in a world of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import twilio_magic as tm

from .measure_ivr import ivr
from .ratio import Ratio
from .timing import rounds, seconds

_MANY = 200
_PARTS = 5  # of which the quickest counts
_BUDGET = 2.0  # seconds for all of them
_DIALOG = """\
mount: https://ivr.example.com
url: /step
app: app
dialog "a caller through the menu"
  repeat 4
    hear "press a key"
    press 1
  hear "Goodbye"
  expect status completed
  expect webhook /step Digits=1
  expect no errors
"""


def _spent(run: Callable[[], object], many: int) -> float:
    """The seconds of one of so *many* runs."""
    return sum(seconds(run) for _ in range(many)) / many


def measure() -> Iterator[Ratio]:
    [dialog] = tm.dialogs(_DIALOG, names={"app": ivr()})

    def run() -> None:
        result = dialog.run()
        assert result.passed, result.report  # noqa: S101 - what fails is not measured

    run()
    many = rounds(_MANY)
    spent = min(_spent(run, many // _PARTS) for _ in range(_PARTS)) * _MANY
    yield Ratio(f"{_MANY} dialogs through five webhooks / 2 s", spent, _BUDGET, aim=1)
