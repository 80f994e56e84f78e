"""Tab completion: options on a magic's line, TwiML below ``%%twiml``, and the steps of phones and dialogs.

IPython's matcher API (version 2, IPython 8.6 and newer) gives the whole cell and the cursor. Without it, nothing is
completed and everything else works. Nothing heavy is imported until Tab is pressed in one of our cells.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from IPython.core.completer import CompletionContext
    from IPython.core.interactiveshell import InteractiveShell

    from ._line import LineParser
    from ._magic import Magic

_WORD = re.compile(r"\S*$")
_MAGIC = re.compile(r"\s*%{1,2}(\w+)")
#: The cells that hold scripts of phones, and dialogs.
_SCRIPTS = ("phone", "dialog")
#: A script on a line: behind the number of %phone, or in the quotes of an option.
_SCRIPT_ON_LINE = re.compile(
    r"\s*%(?:phone\s+\S[^\"']*?:\s+(?P<phone>.*)"
    r"|\w+\s.*--phone[\s=]+(?P<quote>[\"'])(?P<option>(?:(?!(?P=quote)).)*))$"
)


def install_completion(shell: InteractiveShell, magics: Mapping[str, Magic]) -> None:
    """Complete the lines of *magics*, by their names, and the cells of ``%%twiml``."""
    try:
        from IPython.core.completer import context_matcher
    except ImportError:
        return

    @context_matcher(identifier="twilio_magic")  # type: ignore[untyped-decorator] # IPython is half typed
    def twilio_matcher(context: CompletionContext) -> dict[str, Any]:
        return find_completions(context, magics, shell.user_ns)

    _matchers(shell).append(twilio_matcher)


def uninstall_completion(shell: InteractiveShell) -> None:
    """Undo :func:`install_completion`."""
    others = [
        matcher
        for matcher in _matchers(shell)
        if getattr(matcher, "matcher_identifier", "") != "twilio_magic"
    ]
    _matchers(shell)[:] = others


def find_completions(
    context: CompletionContext, magics: Mapping[str, Magic], names: Mapping[str, Any]
) -> dict[str, Any]:
    """Return the completions at the cursor of *context*, as IPython takes them; none in cells that are not ours."""
    lines = context.full_text.split("\n")
    cell = _magic(lines[0]) if lines[0].lstrip().startswith("%%") else ""
    if context.cursor_line > 0 and cell == "twiml":
        before = "\n".join([*lines[1 : context.cursor_line], context.text_until_cursor])
        return _in_document(before, names)
    if context.cursor_line > 0 and cell in _SCRIPTS:
        return _in_script(context.text_until_cursor, is_dialog=cell == "dialog")
    script = _SCRIPT_ON_LINE.match(context.text_until_cursor)
    if script is not None:
        return _in_script(script["phone"] or script["option"] or "", is_dialog=False)
    magic = _magic(context.text_until_cursor)
    if magic in magics and re.search(r"\s", context.text_until_cursor.strip() + " "):
        return _on_line(context.text_until_cursor, magics[magic].parser, names)
    return _no_completions()


def _no_completions() -> dict[str, Any]:
    return {"completions": []}  # a new one each time: IPython writes into it


def _magic(line: str) -> str:
    match = _MAGIC.match(line)
    return match[1] if match else ""


def _in_document(before: str, names: Mapping[str, Any]) -> dict[str, Any]:
    from ..twiml import complete

    found = complete(before, names=[name for name in names if not name.startswith("_")])
    return _completions(found.fragment, ((choice.text, choice.kind) for choice in found.words))


def _in_script(before: str, *, is_dialog: bool) -> dict[str, Any]:
    from ..scripts import complete_script

    typed, words = complete_script(before, is_dialog=is_dialog)
    return _completions(typed, ((word, "step") for word in words))


def _on_line(line: str, parser: LineParser, names: Mapping[str, Any]) -> dict[str, Any]:
    words = line.split()
    fragment = _WORD.search(line)
    typed = fragment.group() if fragment else ""
    _, *done = words[:-1] if typed else words
    offers = None if typed.startswith("-") else parser.find_offers(done, names)
    if offers is None and typed[:1] in ("", "-"):
        offers = [(option, "option") for option in parser.options() if option not in done]
    fitting = [each for each in offers or () if each[0].startswith(typed)]
    return _completions(typed, fitting or (_pairs(typed, parser, names) if typed else ()))


def _pairs(typed: str, parser: LineParser, names: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What begins with *typed* and is a parameter in Twilio's own spelling, or the value of one."""
    name, equals, value = typed.partition("=")
    if not equals:
        return [(f"{each}=", "parameter") for each in parser.spellings if each.startswith(typed)]
    offers = parser.find_offers([parser.spellings.get(name, "")], names) or []
    return [(f"{name}={each}", kind) for each, kind in offers if each.startswith(value)]


def _completions(fragment: str, words: Iterable[tuple[str, str]]) -> dict[str, Any]:
    from IPython.core.completer import SimpleCompletion

    return {
        "completions": [SimpleCompletion(text, type=kind) for text, kind in words],
        "matched_fragment": fragment,
        "suppress": True,
        "ordered": True,
    }


def _matchers(shell: InteractiveShell) -> list[Any]:
    matchers: list[Any] = shell.Completer.custom_matchers
    return matchers
