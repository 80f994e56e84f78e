"""The floors of the house: imports go down only, also inside the large floors, and through a floor's front door."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence

import pytest

from .architecture import Import, Module, Modules, cycles, imports, modules

#: From the top to the ground. What is on one line shares a floor.
FLOORS = (
    ("notebook",),
    ("cli", "__main__"),
    ("testing",),
    ("control",),
    ("views",),
    ("learning",),
    ("maps",),
    ("load",),
    ("populations",),
    ("dialog",),
    ("simulation",),
    ("api",),
    ("twiml",),
    ("scripts",),
    ("endpoints",),
    (
        "errors",
        "applications",
        "coverage_options",
        "deprecated",
        "suggestions",
        "problem",
        "echo",
        "secret",
        "hosts",
        "regular_file",
        "deadlines",
        "timeline",
        "sessions",
        "mulaw",
        "sound",
        "replay",
        "excerpt",
        "front_door",
        "records",
        "once",
        "python_source",
        "display",
        "tracebacks",
        "ladder",
        "moment",
        "plain_data",
    ),
)
HEIGHT = {name: -level for level, names in enumerate(FLOORS) for name in names}

#: The floors inside the large ones, from the top to the ground. Modules that stand in the large floor itself are above
#: its folders, unless they are named.
INSIDE: Mapping[str, Sequence[str]] = {
    "simulation": (
        "rest",
        "verbs",
        "queues",
        "conferences",
        "dialing",
        "payments",
        "streams",
        "sessions",
        "legs",
        "messages",
        "world",
        "phones",
        "clients",
        "recordings",
        "webhooks",
        "faults",
        "mounts",
        "addresses",
        "audio",
        "clock",
    ),
    "api": ("resources", "transport", "requests"),
    "twiml": ("writing", "editing", "documents", "rules", "language"),
}

#: Who may open a port or start a thread.
SERVER = "simulation.server"
#: Who starts a thread for each host name, because nothing else can give up on a name server.
LOOKUP = "deadlines._lookup"
#: Who starts a thread for each WebSocket of a WSGI application: its function blocks.
WSGI_SOCKET = "simulation.mounts._wsgi_socket"
#: Who starts the thread of the warm-up, which only loads modules.
WARM_UP = "notebook._warm_up"
OPENING = {
    "Thread",
    "ThreadPoolExecutor",
    "Timer",
    "create_server",
    "socketserver",
    "make_server",
}


def floor(module: str) -> str:
    """The floor of a dotted module name below the package."""
    return module.split(".", maxsplit=1)[0]


def room(module: str, known: Modules) -> str:
    """The folder inside a large floor that *module* belongs to; "" if it stands in the floor itself."""
    parts = known[module].folder.split(".") if module in known else module.split(".")
    return parts[1] if len(parts) > 1 else ""


def all_imports(known: Modules, *, for_types: bool = True) -> Iterator[Import]:
    """Every import of one module by another; the package itself names every floor, and loads none."""
    for module in known.values():
        if module.name:
            for found in imports(module, known, for_types=for_types):
                if found.target and found.target != module.name:
                    yield found


def upward(known: Modules) -> list[Import]:
    """Imports of a higher floor. A lower floor may name a type of a higher one, but never loads it."""
    return [
        found
        for found in all_imports(known, for_types=False)
        if HEIGHT[floor(found.target)] > HEIGHT[floor(found.module)]
    ]


def upward_inside(known: Modules) -> list[Import]:
    """Imports of a higher folder inside one of the large floors, types included."""
    return [
        found
        for found in all_imports(known)
        if floor(found.module) == floor(found.target) and floor(found.module) in INSIDE
        if level(found.target, known) > level(found.module, known)
    ]


def level(module: str, known: Modules) -> int:
    """How high the folder of *module* stands inside its floor; the floor's own modules stand on top."""
    rooms = INSIDE[floor(module)]
    inside = room(module, known)
    return -rooms.index(inside) if inside else 1


def tangled(known: Modules) -> list[set[str]]:
    """Circles of imports, types included, that span folders. A class and its own parts may know each other."""
    graph: dict[str, set[str]] = {name: set() for name in known if name}
    for found in all_imports(known):
        if not known[found.module].is_package and found.target in graph:
            graph[found.module].add(found.target)
    return [group for group in cycles(graph) if len({known[name].folder for name in group}) > 1]


def through_the_window(known: Modules) -> list[Import]:
    """Imports of another floor's private modules, which are its own affair."""
    return [
        found
        for found in all_imports(known)
        if floor(found.target) != floor(found.module) and Module(found.target, "").is_private
    ]


def test_every_module_stands_on_a_floor_and_in_a_room() -> None:
    known = modules()

    assert {floor(name) for name in known if name} == set(HEIGHT)
    for base, rooms in INSIDE.items():
        assert {room(name, known) for name in known if floor(name) == base} == {"", *rooms}


def test_imports_go_down_only() -> None:
    assert not upward(modules())


def test_imports_inside_a_large_floor_go_down_only() -> None:
    assert not upward_inside(modules())


def test_no_circle_of_imports_spans_two_folders() -> None:
    assert not tangled(modules())


def test_a_floor_is_entered_by_its_front_door() -> None:
    assert not through_the_window(modules())


ABSOLUTE = "from twilio_magic.notebook._session import session"
LAZY = "def show():\n    from .notebook import session"
FOR_TYPES = "if TYPE_CHECKING:\n    from ..legs._leg import Leg"


@pytest.mark.parametrize("source", [ABSOLUTE, LAZY, "import twilio_magic.notebook"])
def test_an_arrow_up_is_seen_however_it_is_written(source: str) -> None:
    known = modules()
    known["errors"] = Module("errors", known["errors"].source + f"\n{source}\n")

    assert [floor(found.target) for found in upward(known)] == ["notebook"]


def test_an_arrow_up_inside_a_floor_is_seen_even_for_types() -> None:
    known = modules()
    name = "simulation.clock._clock"
    known[name] = Module(name, known[name].source + f"\n{FOR_TYPES}\n")

    assert (name, "simulation.legs._leg") in {(f.module, f.target) for f in upward_inside(known)}


@pytest.mark.parametrize(
    "back", ["from .._a import f", "from twilio_magic.twiml import _a", FOR_TYPES]
)
def test_a_circle_over_two_folders_is_seen(back: str) -> None:
    there = "def f():\n    from .rules._b import g"
    known = {
        "twiml._a": Module("twiml._a", there),
        "twiml.rules._b": Module("twiml.rules._b", back.replace("legs._leg", "_a")),
    }

    assert tangled(known) == [{"twiml._a", "twiml.rules._b"}]


def test_only_the_notebook_and_the_command_line_print() -> None:
    printing = [
        module.name
        for module in modules().values()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "print"
    ]

    assert {floor(name) for name in printing} <= {"notebook", "cli"}


def test_a_module_is_one_concept_short_enough_to_read_in_one_sitting() -> None:
    long = [module.name for module in modules().values() if module.source.count("\n") > 300]

    assert not long


def test_only_the_server_starts_threads_and_opens_ports() -> None:
    opening = {
        module.name
        for module in modules().values()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ImportFrom | ast.Import)
        if OPENING & {getattr(node, "module", None), *(alias.name for alias in node.names)}
    }

    assert opening <= {SERVER, LOOKUP, WSGI_SOCKET, WARM_UP}


def test_an_interrupt_of_simpy_is_met_in_two_places() -> None:
    """Where a leg's process gets the exception that caused it, and where a process just ends."""
    meeting = {
        module.name
        for module in modules().values()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Attribute) and ast.unparse(node) == "simpy.Interrupt"
    }

    assert meeting == {"simulation.clock._clock", "simulation.legs._life"}


def test_every_dataclass_of_the_package_is_a_record() -> None:
    """``from ..records import dataclass``: else it costs whoever loads its module what nobody needs."""
    others = [
        module.name
        for module in modules().values()
        if "@dataclass" in module.source and "records import dataclass" not in module.source
    ]

    assert not others
