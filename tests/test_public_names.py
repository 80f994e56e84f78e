"""The table of contents is complete, and loading it loads nothing."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import twilio_magic as tm

#: The modules and floors of the package that the magics need before they are used.
LIGHT = {"display", "echo", "errors", "notebook", "secret", "suggestions"}
#: What these need of Python beyond what IPython needs itself; some versions of it need some of them.
LIGHT_OF_PYTHON = {"base64", "difflib", "html", "html.entities"}
HEAVY = ("anywidget", "flask", "ipywidgets", "lxml", "phonenumbers", "requests", "simpy")


def typed_names() -> set[str]:
    """The names that the type checker is told of."""
    tree = ast.parse(Path(tm.__file__ or "").read_text("utf-8"))
    return {
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.level == 1 and node.col_offset == 4
        for alias in node.names
        if alias.name not in ("install", "uninstall")
    }


def test_the_type_checker_and_the_loader_know_the_same_names() -> None:
    assert typed_names() == set(tm._MODULE_OF) == set(tm.__all__)


@pytest.mark.parametrize("name", tm.__all__)
def test_every_public_name_is_there_and_says_what_it_is(name: str) -> None:
    assert (getattr(tm, name).__doc__ or "").strip()


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="nothing_of_the_kind"):
        tm.nothing_of_the_kind  # noqa: B018 - the access is the test


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


def loaded_by_load_ext() -> set[str]:
    """The modules that a fresh interpreter with an IPython loads for ``%load_ext``, which prints nothing."""
    code = """
import sys
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config
config = Config()
config.HistoryManager.enabled = False
shell = InteractiveShell.instance(config=config)
before = set(sys.modules)
shell.run_line_magic("load_ext", "twilio_magic")
print(*sorted(set(sys.modules) - before))
"""
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stderr == ""
    assert ran.stdout.count("\n") == 1
    return set(ran.stdout.split())
