"""What a learner made: variables by name, each of the kind that the exercise asks for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from ..api import Call
from ..errors import TwilioMagicError
from ..suggestions import nearest
from ..twiml import Document, HasXml, check, parse

Kind = TypeVar("Kind")


class Missing(TwilioMagicError):  # noqa: N818 - says what is the matter
    """Something that a goal asks for is not there: *message* says what, *hint* what to do."""


class Unmade(Missing):
    """The learner has not made what a goal asks for, under no name that is near."""


class Answer:
    """The variables of a learner, as an exercise looks at them."""

    def __init__(self, names: Mapping[str, Any]) -> None:
        self._names = names

    def value(self, name: str, *, hint: str) -> Any:
        """What is called *name*."""
        if name not in self._names:
            raise Unmade(f"There is no `{name}` yet.", hint=hint)
        return self._names[name]

    def of_kind(
        self, name: str, kind: type[Kind] | tuple[type[Kind], ...], what: str, *, hint: str
    ) -> Kind:
        """What is called *name*, which must be *what*, a *kind*."""
        if name not in self._names and (near := self._suggest_name(name, kind, what)):
            raise Missing(f"There is no `{name}` yet.", hint=near)
        value = self.value(name, hint=hint)
        if not isinstance(value, kind):
            raise Missing(f"`{name}` is {_a(type(value).__name__)}, not {what}.", hint=hint)
        return value

    def document(self, name: str) -> Document:
        """The document called *name*, which Twilio must accept without an error or a warning.

        Whatever a document can be made of will do.
        """
        hint = f"The first line of its cell is `%%twiml {name}`."
        kinds: tuple[type[Any], ...] = (Document, str, bytes, HasXml)
        made = self.of_kind(name, kinds, "a document", hint=hint)
        document = made if isinstance(made, Document) else parse(made, name=name)
        for problem in check(document):
            if problem.level != "advice":
                raise Missing(
                    f"`{name}`, line {problem.line}: {problem.message}", hint=problem.hint
                )
        return document

    def call(self, name: str) -> Call:
        """The call called *name*, which must be over."""
        hint = f"`%call … --out {name}`, or `{name} = client.calls.create(…).wait()`."
        call = self.of_kind(name, Call, "a call", hint=hint)
        if not call.fetch().is_over:
            raise Missing(f"`{name}` is still {call.status}.", hint=f"Run `{name}.wait()`.")
        return call

    def callable(self, name: str, what: str, *, hint: str) -> Callable[..., Any]:
        """The function or application called *name*."""
        made: Callable[..., Any] = self.value(name, hint=hint)
        if not callable(made):
            raise Missing(f"`{name}` is {_a(type(made).__name__)}, not {what}.", hint=hint)
        return made

    def _suggest_name(
        self, name: str, kind: type[object] | tuple[type[object], ...], what: str
    ) -> str | None:
        """What to do about a *kind* whose name is nearly *name*."""
        meant = nearest(
            name, (each for each, value in self._names.items() if isinstance(value, kind))
        )
        return f"There is {what} called `{meant}`: call it `{name}`." if meant else None


def _a(noun: str) -> str:
    return f"{'an' if noun[0] in 'AEIOUaeiou' else 'a'} {noun}"
