"""The ``%call`` line or ``%%call`` cell that places the call of a form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from .._line import quote

if TYPE_CHECKING:
    from ...api import Operation


def call_cell(
    given: Mapping[str, Any], *, document: str = "", markup: str = "", phone: str = ""
) -> str:
    """Write ``%call`` with the parameters that are *given*, by Twilio's names.

    *document* is the name of a document; *markup* is TwiML, which makes it ``%%call`` with the TwiML below; *phone* is
    the script of the called phone. ``$name`` in *markup* is filled by the magic, as the form fills it.
    """
    from ...api import operation

    create = operation("calls.create")
    words = ["%%call" if markup else "%call"]
    if given.get("To"):
        words.append(quote(str(given["To"])))
    words += _options({name: value for name, value in given.items() if name not in _APART}, create)
    if document:
        words.append(f"--twiml {quote(document)}")
    if phone:
        words.append(f"--phone {quote(_on_one_line(phone))}")
    line = " ".join(words)
    return f"{line}\n{markup}" if markup else line


_APART = ("To", "Twiml")


def _options(given: Mapping[str, Any], create: Operation) -> Iterator[str]:
    for name, value in given.items():
        row = create.parameter(name)
        for text in row.to_form(value):
            if row.type == "boolean":
                yield row.option if text == "true" else row.option.replace("--", "--no-", 1)
            elif text.startswith("-") or not text:
                yield f"{row.option}={quote(text)}"
            else:
                yield f"{row.option} {quote(text)}"


def _on_one_line(script: str) -> str:
    """Write the steps of *script* in one line, because a magic has one."""
    return "; ".join(line.strip().removesuffix(";") for line in script.splitlines() if line.strip())
