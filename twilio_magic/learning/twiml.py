"""Exercises of TwiML in a cell: mending a document, and filling one from variables."""

from __future__ import annotations

from ._answer import Answer, Missing
from ._exercise import Exercise, Goal
from ._goals import document, find_speech, hears, sends
from ._sandbox import of_document

_MENDED = of_document("mended", chosen="<Say>You chose {{Digits}}.</Say>")
_REMINDER = of_document("reminder")


def _waits_for_the_silent(answer: Answer) -> None:
    paused = [each for each in _MENDED(answer, "answer").timeline if each.kind == "paused"]
    if not paused or paused[-1].data["seconds"] != 2:
        raise Missing(
            "Two seconds of silence do not follow the menu.",
            hint="<Pause> has an attribute for its length.",
        )


def _a_name(answer: Answer, name: str) -> str:
    return answer.of_kind(name, str, "a text", hint=f'`{name} = "…"`, in a cell of its own.')


def _has_an_ampersand(answer: Answer) -> None:
    guest = _a_name(answer, "guest")
    if "&" not in guest:
        raise Missing(f"There is no & in {guest!r}.", hint="Two guests: Ann & Bob.")


def _says_the_value(answer: Answer) -> None:
    guest, said = _a_name(answer, "guest"), " ".join(find_speech(_REMINDER(answer, "answer")))
    if guest not in said:
        raise Missing(f"Twilio does not say “{guest}”. It says: “{said}”.", hint="Write `$guest`.")


EXERCISES = (
    Exercise(
        "mend-the-menu",
        "Mend the menu",
        "Twilio does not take this menu as it is meant. Mend it, as a document called `mended`:\n\n"
        "    <Response>\n"
        '      <gather numdigits="1" action="/chosen">\n'
        "        <Say>Fish & chips: press 1.</Say>\n"
        "      </gather>\n"
        "      <Pause>2</Pause>\n"
        "    </Response>",
        (
            document("mended"),
            hears(_MENDED, "fish & chips", who="the caller"),
            sends(_MENDED, "/chosen", phone="press 1", who="the key 1", Digits="1"),
            Goal("whoever presses nothing has two seconds more", _waits_for_the_silent),
        ),
    ),
    Exercise(
        "reminder",
        "A reminder for any guest",
        "Put a name with an ampersand into a variable `guest`, such as Ann & Bob. Write a document called `reminder` "
        "that greets the guest by this name and says that the table is ready.\n\n"
        "The name stands in the document as `$guest`.",
        (
            Goal("a name with an ampersand in `guest`", _has_an_ampersand),
            document("reminder"),
            Goal("the caller hears the guest's name", _says_the_value),
            hears(_REMINDER, "ready", who="the caller"),
        ),
    ),
)
