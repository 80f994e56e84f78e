"""Names of the notebook as mounts: what has the name at the time of a request answers."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import reduce, wraps
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from ..errors import MagicLineError, SimulatorError
from ..simulation import Following, Simulator
from ..suggestions import did_you_mean, nearest
from ..twiml import Document, HasXml

if TYPE_CHECKING:
    from ..simulation import Mountable

P = ParamSpec("P")
T = TypeVar("T")

_SIMULATOR = re.compile(r"(?<![\w.])simulator\.(?=\w)")
_USAGE = "Give a web application, a function or a document, made by %%twiml or tm.parse."


def _with_hints_of_here(door: Callable[P, T]) -> Callable[P, T]:
    """*door*, whose errors call the simulator by what it is called in a notebook: ``tm.simulator()``."""

    @wraps(door)
    def enter(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return door(*args, **kwargs)
        except SimulatorError as error:
            error.hint = _SIMULATOR.sub("tm.simulator().", error.hint or "") or None
            raise

    return enter


class NotebookSimulator(Simulator):
    """The simulator of a notebook, in which what has a name can be mounted by its name."""

    receive = _with_hints_of_here(Simulator.receive)
    receive_message = _with_hints_of_here(Simulator.receive_message)
    unmount = _with_hints_of_here(Simulator.unmount)

    def mount(self, base_url: str, app: Mountable) -> None:
        """Let *app* answer for *base_url*; it may be a name, ``"menu"``, and answers then as the notebook has it."""
        if isinstance(app, str) and _is_name(app):
            app = _follow_in_notebook(app, base_url)
        super().mount(base_url, app)


def _follow_in_notebook(name: str, url: str) -> Mountable:
    """What *name* means in the notebook at each request for *url*; outside of a notebook it is a text."""
    from IPython.core.getipython import get_ipython

    shell = get_ipython()
    if shell is None:
        return name
    names = shell.user_ns
    if missing := _explain_missing(name, names):
        raise missing

    def look_up() -> Any:
        if _explain_missing(name, names):
            raise MagicLineError(f"{name!r} is not in the notebook any more.")
        return _look_up(name, url, names)

    return Following(look_up, name)


def _is_name(text: str) -> bool:
    return all(part.isidentifier() for part in text.split("."))


def _look_up(name: str, url: str, names: Mapping[str, Any]) -> Any:
    """The object called *name*, which there is; raises :class:`MagicLineError` if it cannot answer for *url*."""
    first, *rest = name.split(".")
    found = reduce(getattr, rest, names[first])
    if isinstance(found, type | str | bytes) or not (
        isinstance(found, Document | HasXml) or callable(found)
    ):
        kind = "a class" if isinstance(found, type) else f"of the type {type(found).__name__}"
        raise MagicLineError(f"{name!r} is {kind}, and cannot answer for {url}.", hint=_USAGE)
    return found


def _explain_missing(name: str, names: Mapping[str, Any]) -> MagicLineError | None:
    """The error for a *name* that nothing has; ``ivr.app`` is the attribute ``app`` of ``ivr``."""
    first, *rest = name.split(".")
    if first not in names:
        return _explain_unknown(name, names)
    found = names[first]
    for attribute in rest:
        if not hasattr(found, attribute):
            return MagicLineError(f"There is no {attribute!r} in {first}.", hint=_USAGE)
        found = getattr(found, attribute)
    return None


def _explain_unknown(name: str, names: Mapping[str, Any]) -> MagicLineError:
    """The error for a *name* that nothing has: with the nearest document, else the nearest name, else the documents."""
    first = name.partition(".")[0]
    known = {other: value for other, value in names.items() if not other.startswith("_")}
    documents = [other for other, value in known.items() if isinstance(value, Document)]
    meant = nearest(first, documents) or nearest(first, known)
    hint = did_you_mean(meant) or "Run the cell that defines it first."
    if not meant and "." in name:
        hint = f"A server is mounted by its whole address: http://{name}."
    elif not meant and documents:
        hint = f"The documents are {', '.join(documents)}."
    return MagicLineError(
        f"There is no {first!r} in this notebook (a URL and a name are mounted).", hint=hint
    )
