"""The table of contents is complete, and loading it loads nothing."""

from __future__ import annotations

import ast
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

import twilio_magic as tm

from .architecture import modules

#: The modules and floors of the package that the magics need before they are used.
LIGHT = {"display", "echo", "errors", "front_door", "notebook", "records", "secret", "suggestions"}
#: What these need of Python beyond what IPython needs itself; some versions of it need some of them.
LIGHT_OF_PYTHON = {"base64", "difflib", "html", "html.entities"}
HEAVY = ("anywidget", "flask", "ipywidgets", "lxml", "phonenumbers", "requests", "simpy")


#: The packages whose names are loaded when they are first asked for.
DOORS = ("", "api", "cli", "deadlines", "ladder", "scripts", "simulation", "twiml", "views")


def door(package: str) -> ast.If:
    """What the package *package* says to the type checker, and else to the loader."""
    tree = ast.parse((Path(tm.__file__ or "").parent / package / "__init__.py").read_text("utf-8"))
    return next(node for node in tree.body if isinstance(node, ast.If))


def typed_imports(package: str) -> dict[str, str]:
    """What the type checker is told to be imported of each module of the package."""
    return {
        "." * node.level + (node.module or ""): ", ".join(map(ast.unparse, node.names))
        for node in door(package).body
        if isinstance(node, ast.ImportFrom) and node.level
    }


def loaded_imports(package: str) -> dict[str, str]:
    """What the loader imports of each module of the package, when it is asked for."""
    homes = next(node for node in ast.walk(door(package)) if isinstance(node, ast.Dict))
    found: dict[str, str] = ast.literal_eval(homes)
    return found


@pytest.mark.parametrize("package", DOORS)
def test_the_type_checker_and_the_loader_know_the_same_names(package: str) -> None:
    floor = import_module(f"twilio_magic.{package}".rstrip("."))

    assert loaded_imports(package) == typed_imports(package)
    assert {*floor.__all__} <= {*dir(floor)}
    assert all(hasattr(floor, name) for name in floor.__all__)


def test_every_package_that_loads_by_name_is_compared() -> None:
    opened = {
        module.name
        for module in modules().values()
        if module.is_package and "open_front_door" in module.source
    }

    assert opened == {*DOORS}


@pytest.mark.parametrize("name", tm.__all__)
def test_every_public_name_is_there_and_says_what_it_is(name: str) -> None:
    assert (getattr(tm, name).__doc__ or "").strip()


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="nothing_of_the_kind"):
        tm.nothing_of_the_kind  # type: ignore[attr-defined] # noqa: B018 - the access is the test


def test_the_names_of_floors_do_not_hide_public_functions() -> None:
    """Loading the simulator must not replace the function that gives the notebook's simulator."""
    import twilio_magic.simulation

    assert twilio_magic.simulation.Simulator is tm.Simulator
    assert isinstance(tm.simulator(), tm.Simulator)


def test_load_ext_loads_nothing_heavy_and_prints_nothing() -> None:
    assert sorted({*HEAVY} & loaded_by_load_ext()) == []


def test_load_ext_loads_the_magics_the_ground_and_little_else() -> None:
    """No other floor, no network of Python's own: what a magic does is loaded when it is used."""
    loaded = loaded_by_load_ext()
    own = {name for name in loaded if name.partition(".")[0] == "twilio_magic"}

    assert {name.split(".")[1] for name in own if "." in name} == LIGHT
    assert {name for name in loaded - own if not name.startswith("IPython.")} <= LIGHT_OF_PYTHON


def test_a_document_in_a_cell_is_checked_and_shown_without_the_simulator_and_a_network() -> None:
    loaded = loaded_by_load_ext(
        """
found = shell.run_cell_magic("twiml", "menu", "<Response><Say>Hello</Say><Dial>Ann</Dial></Response>")
shell.display_formatter.format(found)
"""
    )

    assert sorted({*HEAVY, "asyncio", "http.client", "werkzeug"} & loaded) == ["lxml"]
    assert not {name for name in loaded if name.startswith(("twilio_magic.simulation.", "ssl"))}


def loaded_by_load_ext(then: str = "") -> set[str]:
    """The modules that a fresh IPython loads for ``%load_ext``, which prints nothing, and *then*."""
    code = f"""
import sys
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config
config = Config()
config.HistoryManager.enabled = False
shell = InteractiveShell.instance(config=config)
before = set(sys.modules)
shell.run_line_magic("load_ext", "twilio_magic")
{then}
print(*sorted(set(sys.modules) - before))
"""
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stderr == ""
    assert ran.stdout.count("\n") == 1
    return set(ran.stdout.split())
