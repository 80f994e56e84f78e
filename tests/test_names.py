"""Names say what things are: functions are verbs, properties nouns, and a public name means one thing."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator

from .architecture import Module, modules

#: Participles that do not end in -ed.
# fmt: off
IRREGULAR = {
    "begun", "bought", "broken", "brought", "built", "caught", "chosen", "done", "drawn",
    "driven", "fallen", "felt", "forgotten", "found", "frozen", "given", "gone", "heard",
    "held", "hidden", "kept", "known", "laid", "lived", "lost", "made", "meant", "met",
    "paid", "rung", "said", "seen", "sent", "shown", "sold", "spelt", "spoken", "taken",
    "thought", "told", "understood", "won", "worn", "written",
}
# fmt: on
#: Words that end in -ed and are no participles.
NO_PARTICIPLES = {"bed", "embed", "feed", "need", "seed", "speed"}

#: Properties that are the moment at which something happened, as Twilio's dates are called; and what tests have done.
GIVEN = {"answered_by", "checked", "passed"}

#: Names that mean the same in each of their modules, because those modules are alike.
ALIKE = {
    "add_to": "a command of the command line adds itself",
    "bundle": "a view makes the MIME bundle of its object",
    "bundle_of_several": "a view makes the MIME bundle of several objects",
    "html": "a view makes the HTML of its object",
    "text": "a view makes the text of its object",
    "add_routes": "a resource of the REST API adds its routes",
    **dict.fromkeys(
        ["Node", "add_node", "make_node", "parse_nodes", "write_document", "write_node"],
        "one parser takes the place of the other",
    ),
}


def functions(module: Module) -> Iterator[str]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name


def public(module: Module) -> Iterator[str]:
    for node in module.tree.body:
        match node:
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name) if not name.startswith("_"):
                yield name


def are_two_sides(names: list[str]) -> bool:
    """Whether *names* are a resource of the client and the same thing in the simulated world."""
    return sorted(name.split(".")[0] for name in names) == ["api", "simulation"]


def is_bare_participle(name: str) -> bool:
    word = name.strip("_")
    if "_" in word or word in NO_PARTICIPLES:
        return False
    return word.endswith("ed") or word in IRREGULAR


def test_a_bare_participle_is_told_from_a_verb() -> None:
    assert all(map(is_bare_participle, ("told", "_lived", "masked")))
    assert not any(map(is_bare_participle, ("tell", "feed", "run_until_ended", "to_json")))


def test_no_function_is_named_by_a_bare_participle() -> None:
    named = [
        f"{module.name}: {name}"
        for module in modules().values()
        for name in functions(module)
        if is_bare_participle(name) and name not in GIVEN
    ]

    assert not named


def test_a_public_name_means_one_thing() -> None:
    """The same name in a client and in the world that answers it, or in modules that are alike, is the same thing."""
    where: dict[str, list[str]] = defaultdict(list)
    for module in modules().values():
        for name in public(module):
            where[name].append(module.name)
    twice = {name: names for name, names in where.items() if len(names) > 1 and name not in ALIKE}

    assert not {name: names for name, names in twice.items() if not are_two_sides(names)}
