"""The static parts of a form: notes, error messages, code, and a still image for readers without a kernel."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from ._theme import (
    BAD,
    CARE,
    FAINT,
    FONT,
    FRAME,
    INK,
    MONO,
    SHADE,
    WRAP,
    WRAP_LINES,
    block,
    card,
    grid,
    heading,
    plain,
    span,
)

_COLOUR = {"error": BAD, "warning": CARE}
_MARK = {"error": "✗ ", "warning": "! "}
_SMALL = f"font-size:90%;line-height:1.35;{WRAP}"
_CODE = f"font-family:{MONO};font-size:90%;background-color:{SHADE};color:{INK};padding:6px 8px;border-radius:4px"


class _Html(Markup):
    """HTML from another view of ours."""


def note(text: str, *, level: str = "advice", excerpt: Iterable[str] = ()) -> str:
    """A sentence beside a control. An error or a warning has a mark, and is read out when it appears."""
    if not text:
        return ""
    said = block(f"{_MARK.get(level, '')}{text}")
    if lines := list(excerpt):
        shown = plain("\n".join(lines))
        said += Markup('<pre style="margin:2px 0;padding-bottom:6px;{}">{}</pre>').format(
            f"font-family:{MONO};{WRAP_LINES}", shown
        )
    role = Markup(' role="alert"') if level in _COLOUR else Markup("")
    style = f"font-family:{FONT};color:{_COLOUR.get(level, FAINT)};{_SMALL}"
    return str(Markup('<div{} style="{}">{}</div>').format(role, style, said))


def title(text: str, beside: str = "") -> str:
    """The heading of a form or of a part of it, with a faint word beside it."""
    words = block(
        Markup("{} {}").format(
            span(text, "font-weight:600;font-size:110%"), span(beside, f"color:{FAINT}")
        )
    )
    return str(block(words, f"font-family:{FONT};color:{INK};line-height:1.4"))


def copyable(text: str, label: str) -> str:
    """*text* in a box in which a keyboard can select and copy it; a page of Jupyter puts *Copy* below it."""
    style = (
        f"{_CODE};width:100%;box-sizing:border-box;{FRAME};resize:vertical;"
        "white-space:pre-wrap;line-height:1.4;field-sizing:content;max-height:24em"
    )
    rows = min(max(text.count("\n") + 1, 2), 16)
    return str(
        Markup(
            '<textarea data-copy aria-label="{}" rows="{}" spellcheck="false" style="{}">{}</textarea>'
        ).format(label, rows, style, Markup("\n") + plain(text))
    )


def still(name: str, rows: Iterable[tuple[str, str]], *parts: str) -> str:
    """A form as it stands, for readers of a notebook without a kernel; *parts* are HTML that is shown below."""
    cells = [
        span(cell, f"color:{FAINT}" if number == 0 else WRAP_LINES)
        for row in rows
        for number, cell in enumerate(row)
    ]
    return str(
        card(
            block(name, "font-weight:600;margin-bottom:4px"),
            grid("auto minmax(0,1fr)", cells),
            *(block(_Html(part), "margin-top:8px") for part in parts),
            heading("A form: run the cell to use it."),
        )
    )


def still_code(text: str) -> str:
    """Code in a still."""
    style = f"{_CODE};{WRAP_LINES};margin:0"
    return str(Markup('<pre style="{}">{}</pre>').format(style, plain(text)))
