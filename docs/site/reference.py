"""Pages that are written at each build: the magics and the command line from their parsers, Python from docstrings."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator, Sequence
from typing import Any

import twilio_magic as tm
from twilio_magic.cli import _parser as command_line
from twilio_magic.cli._call import call_parser
from twilio_magic.notebook._magics import MAGICS

#: The public names by subject; a test checks that none is missing.
SUBJECTS = {
    "In a notebook": (
        "client",
        "simulator",
        "branch_form",
        "call_form",
        "twiml_form",
        "phone_form",
        "softphone",
        "softphones",
        "exercise",
        "exercises",
    ),
    "Documents": ("parse", "check", "explain", "Document", "Problem"),
    "Calls": ("Client", "Call", "Request", "Credentials", "Timeouts"),
    "The account": (
        "Listing",
        "Application",
        "Number",
        "CallerId",
        "Recording",
        "Conference",
        "Participant",
        "Queue",
    ),
    "Dialogs": ("dialogs", "Dialog", "DialogResult"),
    "The map of an IVR": ("explore", "Map", "MapProblem", "Coverage", "CoverageReport"),
    "Populations": ("simulate", "Population"),
    "The simulator": ("Simulator", "Person", "Notice", "load", "mock_twilio"),
    "What is told of a call": ("Event", "Exchange", "Line", "Ladder"),
}
#: What is public in a module of its own.
MODULES = ("twilio_magic.twiml.build", "twilio_magic.testing", "twilio_magic.learning")


def pages() -> dict[str, str]:
    """The text of each page by the name of its file."""
    return {"magics.md": magics(), "command-line.md": commands(), "python.md": python()}


def magics() -> str:
    """Every magic, its options and examples."""
    head = [
        "# Magics",
        "",
        "`%load_ext twilio_magic` adds them. Tab completes every option, and `%name --help` prints",
        "what is here. `$name` on a line takes the value of a variable.",
        "",
    ]
    sections = (_section(f"%{name}", magic.parser) for name, magic in sorted(MAGICS.items()))
    return "\n".join([*head, *(line for section in sections for line in section)])


def commands() -> str:
    """Every command, its arguments and options."""
    parser = command_line()
    head = [
        "# Command line",
        "",
        "`twilio-magic COMMAND`, or `python -m twilio_magic COMMAND`.",
        "",
    ]
    sections = (_section(f"twilio-magic {name}", each) for name, each in _subcommands(parser))
    return "\n".join([*head, *(line for section in sections for line in section)])


def _subcommands(parser: argparse.ArgumentParser) -> Iterator[tuple[str, argparse.ArgumentParser]]:
    for action in parser._actions:
        if isinstance(action.choices, dict):
            yield from (action.choices | {"call": call_parser()}).items()


def _section(title: str, parser: argparse.ArgumentParser) -> Iterator[str]:
    yield from (f"## `{title}`", "")
    description, usage = _blocks(parser.description or "")
    yield from (description, "")
    if usage:
        yield from ("```text", usage, "```", "")
    if parser.epilog:
        yield from ("```text", parser.epilog.strip(), "```", "")
    rows = [row for action in parser._actions for row in _row(action)]
    if rows:
        yield from ("| option | what it is |", "|---|---|", *rows, "")


def _blocks(text: str) -> tuple[str, str]:
    """The sentences of a description, and the table of usages that stands indented in it."""
    lines = text.strip("\n").splitlines()
    usage = [line for line in lines if line.startswith("  ")]
    prose = " ".join(line for line in lines if not line.startswith("  "))
    return prose, "\n".join(usage)


def _row(action: argparse.Action) -> Iterator[str]:
    if action.help == argparse.SUPPRESS or "--help" in action.option_strings:
        return
    names = ", ".join(f"`{name}`" for name in action.option_strings) or f"`{_metavar(action)}`"
    value = "" if action.nargs == 0 or not action.option_strings else f" `{_metavar(action)}`"
    chosen = _choices(action.choices)
    yield f"| {names}{value} | {_cell((action.help or '') + chosen)} |"


def _metavar(action: argparse.Action) -> str:
    metavar = action.metavar or action.dest.upper()
    return (metavar if isinstance(metavar, str) else " ".join(metavar)).replace("|", "\\|")


def _choices(choices: Any) -> str:
    if not isinstance(choices, Sequence):
        return ""
    return f" (one of {', '.join(f'`{each}`' for each in choices)})"


def _cell(text: str) -> str:
    """*text* for a table's cell: one line, in which markup means nothing."""
    return re.sub(r"([<|*_])", r"\\\1", " ".join(text.split()).replace("%%", "%"))


def python() -> str:
    """Every public name, from its docstring."""
    lines = [
        "# Python",
        "",
        "`import twilio_magic as tm`. Every name below is `tm.NAME`, and is loaded when it is first used.",
        "",
    ]
    for subject, names in SUBJECTS.items():
        lines += [f"## {subject}", "", *(line for name in names for line in _autodoc(name))]
    errors = [name for name in tm.__all__ if _is_error(name)]
    lines += ["## Errors", "", *(line for name in errors for line in _autodoc(name))]
    lines += ["## Modules", "", *(line for name in MODULES for line in _module(name))]
    return "\n".join(lines)


def _is_error(name: str) -> bool:
    thing = getattr(tm, name)
    return isinstance(thing, type) and issubclass(thing, BaseException)


def _autodoc(name: str) -> list[str]:
    thing = getattr(tm, name)
    if not isinstance(thing, type):
        directive, options = "autofunction", []
    elif _is_error(name):
        directive, options = "autoexception", [":show-inheritance:"]
    else:
        directive, options = "autoclass", [":members:", ":inherited-members: dict, list"]
    body = [f".. {directive}:: twilio_magic.{name}", *(f"   {option}" for option in options)]
    return ["```{eval-rst}", *body, "```", ""]


def _module(name: str) -> list[str]:
    return [f"### `{name}`", "", "```{eval-rst}", f".. automodule:: {name}", "```", ""]
