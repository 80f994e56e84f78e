"""Python code that builds a document, with our builder or with the official SDK's."""

from __future__ import annotations

import re
from dataclasses import field
from typing import TYPE_CHECKING, Literal

from ...errors import TwimlError
from ...records import dataclass
from ..language._names import class_name, python_name
from ..language._vocabulary import vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ...problem import Problem
    from ._element import Element

#: The rules whose problems the builder refuses too.
_REFUSED = frozenset(
    {
        "bad-value",
        "namespace",
        "nesting",
        "refused-attribute",
        "root",
        "stray-text",
        "unknown-attribute",
        "unknown-element",
        "url-template",
        "wrong-case",
    }
)

Flavour = Literal["twilio_magic", "sdk"]

_WIDTH = 88
_NUMBER = re.compile(r"0|-?[1-9][0-9]{0,14}")


def to_python(root: Element, problems: Iterable[Problem], flavour: Flavour) -> str:
    """Write the code that builds the document with this *root* and these *problems*.

    Comments are left out, and blanks between elements. Raises `TwimlError` where the flavour
    *twilio_magic* cannot build what is not TwiML; the SDK's takes anything.
    """
    if flavour == "sdk":
        return _build_with_sdk(root)
    if flavour == "twilio_magic":
        _refuse(problems)
        return _build_with_ours(root)
    raise ValueError(f"{flavour!r} is no flavour of code; there are 'twilio_magic' and 'sdk'")


def _refuse(problems: Iterable[Problem]) -> None:
    for problem in problems:
        if problem.name in _REFUSED and problem.code is not None:
            hint = "mend it first, or use flavour='sdk'"
            raise TwimlError(problem.message, hint=hint, code=problem.code)


def _build_with_ours(root: Element) -> str:
    code = _write_expression(root, "")
    lines = ["from twilio_magic.twiml import build", "", f"response = {code}", ""]
    return "\n".join([*lines, "document = response.document", ""])


def _write_expression(element: Element, indent: str) -> str:
    """Write the element as one call; each part on a line of its own where it is long."""
    inner = indent + "    "
    parts = [_write_part(piece, inner) for piece in _list_content(element)] + _write_keywords(
        element
    )
    return _lay_out(f"build.{class_name(element.name)}", parts, indent)


def _lay_out(call: str, parts: list[str], indent: str = "") -> str:
    flat = f"{call}({', '.join(parts)})"
    if len(indent + flat) <= _WIDTH and "\n" not in flat:
        return flat
    return f"{call}(\n" + "".join(f"{indent}    {part},\n" for part in parts) + f"{indent})"


def _write_part(piece: str | Element, indent: str) -> str:
    return _quote(piece) if isinstance(piece, str) else _write_expression(piece, indent)


def _list_content(element: Element) -> list[str | Element]:
    """List text and children, without blanks that are only layout."""
    row = vocabulary().elements.get(element.name)
    if row is not None and row.text.policy == "forbidden":
        return [piece for piece in element.content if not isinstance(piece, str) or piece.strip()]
    if row is not None and row.text.type != "speech-text":
        pieces = [piece.strip() if isinstance(piece, str) else piece for piece in element.content]
        return [piece for piece in pieces if piece != ""]
    return list(element.content)


def _write_keywords(element: Element) -> list[str]:
    row = vocabulary().elements.get(element.name)
    known = row.attributes if row else {}
    return [
        f"{python_name(name)}={_write_literal(value, known[name].type if name in known else '')}"
        for name, value in element.attributes.items()
    ]


def _quote(value: str) -> str:
    """Write *value* as a literal in double quotes, unless it contains some."""
    return repr(value) if '"' in value else '"' + repr("'" + value)[2:]


def _write_literal(value: str, kind: str) -> str:
    """Write the value as a Python literal: numbers and truth values as such, all else as text."""
    if kind == "boolean" and value in {"true", "false"}:
        return value.title()
    if kind == "integer" and _NUMBER.fullmatch(value):
        return value
    return _quote(value)


@dataclass(slots=True)
class _Names:
    """Names of variables, each given once."""

    taken: set[str] = field(default_factory=lambda: {"response"})

    def new(self, name: str) -> str:
        number, free = 1, name
        while free in self.taken:
            number += 1
            free = f"{name.rstrip('_')}_{number}"
        self.taken.add(free)
        return free


def _build_with_sdk(root: Element) -> str:
    lines = [
        "from twilio.twiml.voice_response import VoiceResponse",
        "",
        "response = VoiceResponse()",
    ]
    lines += [
        f"response.attrs[{_quote(name)}] = {_quote(value)}"
        for name, value in root.attributes.items()
    ]
    if root.name != vocabulary().root:
        lines.append(f"response.name = {_quote(root.name)}")
    names = _Names()
    for piece in _list_content(root):
        lines += _write_statements(piece, "response", root, names)
    return "\n".join([*lines, ""])


def _write_statements(
    piece: str | Element, parent: str, holder: Element, names: _Names
) -> list[str]:
    if isinstance(piece, str):
        return [f"{parent}.append({_quote(piece)})"]
    content = _list_content(piece)
    text = [_quote(str(content.pop(0)))] if content and isinstance(content[0], str) else []
    odd = [name for name in piece.attributes if not _is_plain(name, holder, piece)]
    call = _write_call(piece, holder, text, parent, odd)
    if not content and not odd:
        return [call]
    variable = names.new(python_name(piece.name))
    lines = [f"{variable} = {call}"]
    lines += [f"{variable}.attrs[{_quote(n)}] = {_quote(piece.attributes[n])}" for n in odd]
    for inner in content:
        lines += _write_statements(inner, variable, piece, names)
    return lines


def _is_plain(name: str, holder: Element, element: Element) -> bool:
    """Whether an attribute can be a keyword, which the SDK turns back into the same name."""
    if not _has_method(holder, element) and name in {"name", "value"}:
        return False  # these are parameters of add_child itself
    head, *humps = python_name(name).rstrip("_").split("_")
    special = {"xml:lang", "interpret-as"}
    return name in special or head + "".join(hump.title() for hump in humps) == name


def _write_call(
    element: Element, holder: Element, text: list[str], parent: str, odd: list[str]
) -> str:
    written = zip(_write_keywords(element), element.attributes, strict=True)
    keywords = [word for word, name in written if name not in odd]
    row = vocabulary().elements.get(element.name)
    if row is None or not _has_method(holder, element):
        return _lay_out(f"{parent}.add_child", [_quote(element.name), *text, *keywords])
    policy = row.text.policy
    if not text and (policy == "required" or (policy == "conditional" and not row.text.instead)):
        text = [_quote("")]
    return _lay_out(f"{parent}.{python_name(element.name)}", text + keywords)


def _has_method(holder: Element, child: Element) -> bool:
    row = holder.row
    return row is not None and child.name in row.children and child.name not in row.sdk_lacks
