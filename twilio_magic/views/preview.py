"""The preview of a TwiML document: what Twilio says of it, its source with line numbers, what the caller hears."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from markupsafe import Markup

from ..display import keep_units, visible, visible_line
from ..errors import PAGE_OF_CODE
from ..problem import count_problems
from ..twiml import explain, note_relative, vocabulary
from ._source import highlight
from ._theme import (
    BAD,
    CARE,
    FAINT,
    FONT,
    GOOD,
    GRAY,
    INK,
    MONO,
    QUIET,
    SHADE,
    WRAP,
    WRAP_LINES,
    block,
    card,
    fold_bullets,
    grid,
    heading,
    plain,
    scroll,
    span,
)

if TYPE_CHECKING:
    from ..twiml import Document, Problem

_LEVEL_COLOUR = {"error": BAD, "warning": CARE, "advice": QUIET}
#: A line is preformatted, because nbconvert takes the blanks from everything else.
_LINE = f"margin:0;padding:0;border:0;background:none;font:inherit;color:inherit;{WRAP_LINES}"
#: How many problems are shown under their lines. Who has more mends some, and looks again.
_MOST_PROBLEMS = 100
_LONG_SOURCE = 60  # cells of the source: two a line, and two a problem
_LONG_TEXT = 2000  # characters
_LEVEL_MARK = {"error": "✗", "warning": "!", "advice": "·"}


def bundle(document: Document) -> dict[str, str]:
    """The MIME bundle of *document*; without its source below the cell that it stands in, unless something is wrong."""
    source = bool(document.problems) or not document.is_below_source
    document.is_below_source = False  # in another cell it is shown whole
    return {
        "text/plain": text(document, source=source),
        "text/html": str(html(document, source=source)),
    }


def text(document: Document, *, source: bool = True) -> str:
    """The preview as plain text, with the *source* of the document or without it."""
    mark, verdict = _verdict(document)
    lines = [visible_line(f"{mark} {verdict} · {_size(document)}")]
    lines += ["", *_source_lines(document)] if source else []
    if not _is_refused(document):
        lines += [
            "",
            "The caller:",
            *(f"  {visible_line(sentence)}" for sentence in explain(document)),
        ]
        lines += [f"\n{visible(note)}" for note in _notes(document)]
    return "\n".join(lines)


def _source_lines(document: Document) -> Iterator[str]:
    """The lines of the source with their numbers, and what is wrong below each."""
    numbered = list(_number_lines(document))
    width = len(str(numbered[-1][0]))
    under = _problems_by_line(document)
    for number, source in numbered:
        yield f"{number:>{width}} │ {visible_line(source)}".rstrip()
        for problem in under.get(number, ()):
            yield f"{'':>{width}} │ {visible_line(_describe(problem))}"
    yield from (f"{'':>{width}} │ {more}" for more in _more_problems(document))


def html(document: Document, *, source: bool = True) -> Markup:
    """The preview as HTML, with the *source* of the document or without it."""
    mark, verdict = _verdict(document)
    colour = {"error": BAD, "warning": CARE}.get(_worst(document) or "", GOOD)
    experience = (
        []
        if _is_refused(document)
        else [
            heading("What the caller experiences"),
            fold_bullets(explain(document)),
            *(
                block(note, f"color:{FAINT};font-size:85%;margin-top:8px")
                for note in _notes(document)
            ),
        ]
    )
    return card(
        block(
            Markup("{} {}").format(
                span(f"{mark} {verdict}", f"color:{colour};font-weight:600;margin-right:6px"),
                span(_size(document), f"color:{FAINT};white-space:nowrap"),
            ),
            "margin-bottom:6px",
        ),
        *([_source(document)] if source else []),
        *experience,
    )


def _notes(document: Document) -> list[str]:
    """What is no problem of the document, but good to know."""
    note = note_relative(document)
    return [] if note is None else [f"Line {note.line}: {note.text}."]


def _verdict(document: Document) -> tuple[str, str]:
    name = f"{document.name}: " if document.name else ""
    found = count_problems(document.problems)
    worst = _worst(document) or ""
    said = {
        "error": "Twilio would refuse this document",
        "warning": "Twilio takes this document and logs what is wrong",
    }.get(worst, "Twilio accepts this document")
    mark = {"error": "✗", "warning": "!"}.get(worst, "✓")
    if worst == "warning" and document.is_strict:
        mark, said = "✗", "refused, because here a warning counts as an error (--strict)"
    return mark, f"{name}{said}" + (f" · {found}" if found else "")


def _size(document: Document) -> str:
    """How much of the Twiml parameter the document would fill."""
    limit = vocabulary().document["limits"]["inline_characters"]
    return f"{len(document.text):,} of {limit:,} characters"


def _worst(document: Document) -> str | None:
    levels = {problem.level for problem in document.problems}
    return next((level for level in ("error", "warning", "advice") if level in levels), None)


def _is_refused(document: Document) -> bool:
    return _worst(document) == "error"


def _describe(problem: Problem) -> str:
    code = f" {problem.code}" if problem.code else ""
    hint = f" → {problem.hint}" if problem.hint else ""
    return f"{_LEVEL_MARK[problem.level]} {problem.level}{code}: {problem.message}{hint}"


def _problems_by_line(document: Document) -> Mapping[int, list[Problem]]:
    """The problems that are shown, by the line that they stand under."""
    under: dict[int, list[Problem]] = {}
    first = document.first_line
    last = first + len(document.text.splitlines() or [""]) - 1
    for problem in document.problems[:_MOST_PROBLEMS]:
        under.setdefault(min(max(problem.line, first), last), []).append(problem)
    return under


def _more_problems(document: Document) -> list[str]:
    """How many problems are not shown, in words; nothing where all are."""
    rest = len(document.problems) - _MOST_PROBLEMS
    return [f"… {rest:,} more, in document.problems …"] if rest > 0 else []


def _number_lines(document: Document) -> Iterator[tuple[int, str]]:
    return enumerate(document.text.splitlines() or [""], document.first_line)


def _source(document: Document) -> Markup:
    under = _problems_by_line(document)
    cells: list[Markup] = []
    for number, line in enumerate(highlight(document.text), document.first_line):
        cells += [_gutter(number), Markup('<pre style="{}">{}</pre>').format(_LINE, plain(line))]
        for problem in under.get(number, ()):
            cells += [span(""), _problem(problem)]
    for more in _more_problems(document):
        cells += [span(""), span(more, f"color:{FAINT}")]
    style = (
        f"font-family:{MONO};font-size:90%;background-color:{SHADE};color:{INK};padding:6px 8px;border-radius:4px;"
        f"{WRAP}"
    )
    is_long = len(cells) > _LONG_SOURCE or len(document.text) > _LONG_TEXT
    shown = grid("auto minmax(0,1fr)", cells)
    return block(scroll(shown, "The source of the document") if is_long else shown, style)


def _problem(problem: Problem) -> Markup:
    """What is wrong with the line above, and what to do about it."""
    colour = _LEVEL_COLOUR[problem.level]
    style = (
        f"font-family:{FONT};border-left:3px solid {GRAY};border-left:3px solid {colour};"
        f"background-color:color-mix(in srgb, {colour} 8%, transparent);"
        f"padding:1px 8px;margin:1px 0 4px;border-radius:0 4px 4px 0;{WRAP}"
    )
    level = Markup("{} {}{}:").format(_LEVEL_MARK[problem.level], problem.level, _code(problem))
    hint = block(f"→ {problem.hint}") if problem.hint else ""
    return block(
        Markup("{} {}{}").format(
            span(level, f"color:{colour};font-weight:600"), plain(keep_units(problem.message)), hint
        ),
        style,
    )


def _code(problem: Problem) -> Markup:
    """Twilio's code, which leads to Twilio's page about it."""
    if not problem.code:
        return Markup("")
    link = Markup(' <a href="{}" style="color:inherit">{}</a>')
    return link.format(PAGE_OF_CODE.format(problem.code), problem.code)


def _gutter(number: int) -> Markup:
    """The number of a line; a style that stands at every line is short."""
    return span(number, "opacity:.75;text-align:right;user-select:none")
