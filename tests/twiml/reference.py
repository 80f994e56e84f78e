"""What is written from the vocabulary: the pages of docs/twiml, and the types of the builder.

``python -m tests.twiml.reference`` writes them anew; a test compares them with what is there.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tests.coverage import how_checked, is_simulated
from tests.twiml.examples import example
from twilio_magic.twiml import AttributeRow, ElementRow, vocabulary
from twilio_magic.twiml.language._names import class_name, python_name
from twilio_magic.twiml.language._wording import describe_values

if TYPE_CHECKING:
    from collections.abc import Iterable

HOME = Path(__file__).parents[2]
PAGES = HOME / "docs" / "twiml"
STUB = HOME / "twilio_magic" / "twiml" / "build.pyi"

_STUB_HEAD = """\
# Written by `python -m tests.twiml.reference` from the vocabulary.
# fmt: off
# ruff: noqa: E501
from collections.abc import Iterable
from typing import Literal, Self, TypedDict, Unpack

from .writing._builder import Node as Node

Content = str | Node
"""


def pages() -> dict[str, str]:
    """The text of each page by the name of its file."""
    rows = vocabulary().elements.values()
    return {"README.md": _index(rows)} | {f"{row.name}.md": _page(row) for row in rows}


def _index(rows: Iterable[ElementRow]) -> str:
    lines = [
        "# TwiML reference",
        "",
        "What `twilio_magic` knows of every element, from its vocabulary.",
    ]
    for kind, title in (("root", "Root"), ("verb", "Verbs"), ("noun", "Nouns"), ("ssml", "SSML")):
        lines += [
            "",
            f"## {title}",
            "",
            "| element | status | what it does |",
            "| --- | --- | --- |",
        ]
        lines += [
            f"| [`<{row.name}>`]({row.name}.md) | {row.status} | {row.summary} |"
            for row in rows
            if row.kind == kind
        ]
    return "\n".join([*lines, ""])


def _page(row: ElementRow) -> str:
    lines = [f"# `<{row.name}>`", "", row.summary, ""]
    lines += [f"- Kind: {row.kind}, {row.status}"]
    if row.replaced_by:
        lines.append(f"- Instead: {row.replaced_by}")
    if row.parents:
        lines.append(f"- Inside: {_links(row.parents)}")
    if row.children:
        lines.append(f"- Holds: {_links(row.children)}")
    need = {"required": "", "conditional": " (not always needed)"}.get(row.text.policy)
    lines.append(f"- Text: {row.text.meaning}{need}" if need is not None else "- Text: none")
    lines.append(f"- In Python: `build.{class_name(row.name)}(…)`")
    lines += ["", "## Example", "", *example(row.name)]
    if row.attributes:
        lines += ["", "## Attributes", ""]
        lines += [
            "| attribute | takes | default | what it is | error codes | checked | simulated |"
        ]
        lines += ["| --- | --- | --- | --- | --- | --- | --- |"]
        lines += [_attribute(known) for known in row.attributes.values()]
    if row.rules or row.notes:
        lines += ["", "## Rules", "", *(f"- {_cell(rule)}" for rule in (*row.rules, *row.notes))]
    lines += _codes(row)
    return "\n".join([*lines, ""])


def _links(names: Iterable[str]) -> str:
    return ", ".join(f"[`<{name}>`]({name}.md)" for name in names)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;")


def _attribute(known: AttributeRow) -> str:
    default = "" if known.default is None else f"`{known.default}`"
    if known.default_note:
        default = f"{default} ({known.default_note})" if default else known.default_note
    marks = " (required)" if known.required else ""
    marks += "" if known.status == "current" else f" ({known.status})"
    what = known.summary + (f" {known.note}" if known.note else "")
    codes = ", ".join(str(code) for code in sorted(set(known.codes.values())))
    yes = {True: "yes", False: "not yet"}
    cells = (
        f"`{known.name}`{marks}",
        describe_values(known),
        default,
        what,
        codes,
        how_checked(known),
        yes[is_simulated(known)],
    )
    return "| " + " | ".join(_cell(cell) for cell in cells) + " |"


def _codes(row: ElementRow) -> list[str]:
    codes = set(row.codes.values()) | set(row.refused.values())
    for known in row.attributes.values():
        codes |= set(known.codes.values())
    if not codes:
        return []
    table = vocabulary().codes
    lines = ["", "## Error codes", "", "| code | level | meaning |", "| --- | --- | --- |"]
    found = [table[code] for code in sorted(codes)]
    return lines + [f"| {code.code} | {code.level} | {_cell(code.meaning)} |" for code in found]


def stub() -> str:
    """The types of `twilio_magic.twiml.build`, whose classes are made when they are asked for."""
    rows = list(vocabulary().elements.values())
    parts = [_STUB_HEAD, *(_keywords(row) for row in rows), *(_class(row) for row in rows)]
    return "\n".join(parts)


def _keywords(row: ElementRow) -> str:
    fields = [f"    {python_name(a.name)}: {_type(a)}" for a in row.attributes.values()]
    body = "\n".join(fields) if fields else "    pass"
    return f"class _{class_name(row.name)}(TypedDict, total=False):\n{body}\n"


def _type(known: AttributeRow) -> str:
    if known.type == "boolean":
        return "bool | None"
    if known.type in {"integer", "integer-list"}:
        words = "".join(f" | Literal[{word!r}]" for word in known.also_accepts)
        listed = " | str | Iterable[int]" if known.type == "integer-list" else ""
        return f"int{listed}{words} | None".replace("'", '"')
    if known.type in {"float", "decimal"}:
        return "float | str | None"
    if known.type == "enum-list":
        return "str | Iterable[str] | None"
    if known.type == "enum" and not known.open:
        words = ", ".join(f'"{word}"' for word in (*known.values, *known.also_accepts))
        return f"Literal[{words}] | None"
    return "str | None"


def _class(row: ElementRow) -> str:
    children = [vocabulary().elements[name] for name in row.children]
    made = f"*content: Content, **attributes: Unpack[_{class_name(row.name)}]"
    lines = [f"class {class_name(row.name)}(Node):", f"    def __init__(self, {made}) -> None: ..."]
    lines += [
        f"    def {python_name(child.name)}(self, *content: Content,"
        f" **attributes: Unpack[_{class_name(child.name)}]) -> Self: ..."
        for child in children
    ]
    return "\n".join([*lines, ""])


def main() -> None:
    """Write the pages and the types."""
    PAGES.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (PAGES / name).write_text(text, encoding="utf-8")
    STUB.write_text(stub(), encoding="utf-8")


if __name__ == "__main__":
    main()
