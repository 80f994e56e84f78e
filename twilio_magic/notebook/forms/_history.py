"""The history of a document in a form: what undo and redo go through."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...records import dataclass

if TYPE_CHECKING:
    from ...twiml import Draft, Path


@dataclass(frozen=True)
class Moment:
    """A draft, and the element that was selected in it."""

    draft: Draft
    selected: Path


class History:
    """The drafts before the present one, and after those that were taken back, the later ones."""

    def __init__(self) -> None:
        self._before: list[Moment] = []
        self._after: list[Moment] = []
        self._place: object = None

    @property
    def can_undo(self) -> bool:
        """Whether there is a draft before the present one."""
        return bool(self._before)

    @property
    def can_redo(self) -> bool:
        """Whether one was taken back."""
        return bool(self._after)

    def note(self, now: Moment, *, place: object = None) -> None:
        """Note the draft that is about to be replaced. What is typed in one go at one *place* is one step."""
        is_same = place is not None and place == self._place and not self._after
        if not is_same:
            self._before.append(now)
        self._place = place
        self._after.clear()

    def undo(self, now: Moment) -> Moment:
        """The draft before *now*."""
        self._after.append(now)
        self._place = None
        return self._before.pop()

    def redo(self, now: Moment) -> Moment:
        """The draft after *now*, which was taken back."""
        self._before.append(now)
        self._place = None
        return self._after.pop()
