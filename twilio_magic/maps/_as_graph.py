"""A map in the languages of programs that draw graphs: Mermaid and Graphviz."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence

from ..display import visible_line
from ._as_text import short_text
from ._map import Edge, Map, State, describe_moves, list_shown, merge_moves

_WIDEST = 60
_MERMAID_SHAPES = {
    "gather": ("[", "]"),
    "end": ("([", "])"),
    "error": ("{{", "}}"),
    "loop": ("{{", "}}"),
}
_GRAPHVIZ_SHAPES = {"gather": "box", "end": "oval", "error": "octagon", "loop": "octagon"}
#: What Mermaid would read as its own, as it has these characters.
_ENTITIES: Mapping[str, str] = {
    "#": "#35;", '"': "#quot;", "<": "#lt;", ">": "#gt;", "&": "#amp;", "`": "#96;", ";": "#59;",
    "\\": "#92;", "[": "#91;", "]": "#93;", "{": "#123;", "}": "#125;", "|": "#124;",
}  # fmt: skip


#: Describes the moves between two places, and gives the style of a place.
Describe = Callable[[Sequence[Edge]], str]
GetStyle = Callable[[State], str]


def map_to_mermaid(
    found: Map, describe: Describe = describe_moves, style: GetStyle | None = None
) -> str:
    """*found* as a flowchart in Mermaid's language."""
    lines, shown = ["flowchart TD"], list_shown(found)
    for state in shown:
        left, right = _MERMAID_SHAPES.get(state.kind, ("[[", "]]"))
        lines.append(f'    s{state.name}{left}"{_escape(_label(state))}"{right}')
    for (source, target), edges in merge_moves(found.edges).items():
        lines.append(f'    s{source} -->|"{_escape(describe(edges))}"| s{target}')
    if style is not None:
        lines += [f"    style s{state.name} {style(state)}" for state in shown]
    return "\n".join([*lines, ""])


def map_to_graphviz(
    found: Map, describe: Describe = describe_moves, style: GetStyle | None = None
) -> str:
    """*found* in the language of Graphviz."""
    lines = ["digraph ivr {", "  rankdir=TB;", '  node [fontname="sans-serif"];']
    for state in list_shown(found):
        shape = _GRAPHVIZ_SHAPES.get(state.kind, "component")
        more = f", {style(state)}" if style is not None else ""
        lines.append(f"  s{state.name} [shape={shape}, label={_quote(_label(state))}{more}];")
    for (source, target), edges in merge_moves(found.edges).items():
        lines.append(f"  s{source} -> s{target} [label={_quote(describe(edges))}];")
    return "\n".join([*lines, "}", ""])


def _label(state: State) -> str:
    return visible_line(f"{state.kind}: {short_text(state, _WIDEST)}")


def _escape(text: str) -> str:
    return "".join(_ENTITIES.get(character, character) for character in text)


def _quote(text: str) -> str:
    """*text* as Graphviz has it in quotes; a backslash is one there."""
    return json.dumps(text, ensure_ascii=False)
