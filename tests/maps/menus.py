"""Menus that Hypothesis makes, as a tree of documents, and faults that are put into them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from flask import Flask, request
from hypothesis import strategies as st

WORDS = ("sales", "support", "billing", "hours", "parts", "repairs", "orders", "news")
_REPLY = "Sorry, that is no choice."


@dataclass(frozen=True)
class Menu:
    """One menu: the *choices* by key lead to other menus, or to words that end the call, or to a number.

    The faults: *missing* keys are named, and lead to a page that is not there; *forgotten* keys are named, and treated
    as wrong ones; *hidden* keys work, and are not named; with *loops* silence and every key lead back; *tail* stands
    where nobody can hear it; *mute* keys end the call without a word.
    """

    name: str
    choices: dict[str, Menu | str] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    forgotten: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    mute: tuple[str, ...] = ()
    loops: bool = False
    tail: str = ""

    @property
    def prompt(self) -> str:
        named = [*(key for key in self.choices if key not in self.hidden)]
        named += [*self.missing, *self.forgotten, *self.mute]
        spoken = " ".join(f"For {WORDS[int(key) % 8]}, press {key}." for key in named)
        return f"This is {self.name}. {spoken}"


def application(root: Menu) -> Flask:
    """A web application that answers as *root* says."""
    app = Flask("menus")

    @app.post("/<path:name>")
    def page(name: str) -> str:
        name, key, _ = name.partition("/key")
        menu = find(root, name)
        return after(menu, request.form["Digits"]) if key else ask(menu)

    return app


def find(menu: Menu, name: str) -> Menu:
    """The menu with this *name* in *menu*."""
    below = [each for each in menu.choices.values() if isinstance(each, Menu)]
    found = [menu] if menu.name == name else [find(each, name) for each in below]
    return next((each for each in found if each.name == name), replace(menu, name=""))


def all_menus(menu: Menu) -> list[Menu]:
    below = [each for each in menu.choices.values() if isinstance(each, Menu)]
    return [menu, *(each for child in below for each in all_menus(child))]


def ask(menu: Menu) -> str:
    gather = f"<Gather numDigits='1' action='/{menu.name}/key'><Say>{menu.prompt}</Say></Gather>"
    ending = f"<Redirect>/{menu.name}</Redirect>" if menu.loops else "<Say>Goodbye.</Say>"
    tail = f"<Say>{menu.tail}</Say>" if menu.tail else ""
    hang_up = "<Hangup/>" if menu.tail and not menu.loops else ""
    return f"<Response>{gather}{ending}{hang_up}{tail}</Response>"


def after(menu: Menu, key: str) -> str:
    if key in menu.mute:
        return "<Response/>"
    if key in menu.missing:
        return f"<Response><Redirect>http://nowhere.invalid/{menu.name}</Redirect></Response>"
    choice = menu.choices.get(key)
    if choice is None or menu.loops:
        return f"<Response><Say>{_REPLY}</Say><Redirect>/{menu.name}</Redirect></Response>"
    if isinstance(choice, Menu):
        return f"<Response><Redirect>/{choice.name}</Redirect></Response>"
    if choice.startswith("+"):
        return f"<Response><Dial>{choice}</Dial><Say>We are closed.</Say></Response>"
    return f"<Response><Say>{choice}</Say></Response>"


@st.composite
def menus(draw: st.DrawFn, depth: int = 1) -> Menu:
    """A menu without a fault, with menus below it; each has a name of its own."""
    return _draw(draw, depth, iter("abcdefghijklmnopqrstuvwxyz"))


def _draw(draw: st.DrawFn, depth: int, names: object) -> Menu:
    name = f"menu{next(names)}"  # type: ignore[call-overload]
    keys = draw(st.lists(st.sampled_from("123456"), min_size=1, max_size=2, unique=True))
    choices: dict[str, Menu | str] = {}
    for key in sorted(keys):
        kinds = ["words", "number", *(["menu"] if depth else [])]
        kind = draw(st.sampled_from(kinds))
        if kind == "menu":
            choices[key] = _draw(draw, depth - 1, names)
        else:
            choices[key] = (
                f"Here is {name}, {WORDS[int(key)]}." if kind == "words" else "+13105550001"
            )
    return Menu(name, choices)


def put_in(root: Menu, name: str, faulty: Menu) -> Menu:
    """*root* with *faulty* in the place of the menu with this *name*."""
    if root.name == name:
        return faulty
    choices = {
        key: put_in(each, name, faulty) if isinstance(each, Menu) else each
        for key, each in root.choices.items()
    }
    return replace(root, choices=choices)
