"""The warm-up: a thread loads what the first cells need, while no cell runs."""

from __future__ import annotations

import atexit
from contextlib import suppress
from importlib import import_module
from threading import Condition, Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell

#: What the first %%twiml needs, and then the first %call: the modules that bring the others, in small portions. The
#: verbs are left to the calls that perform them.
_NEEDED = (
    "lxml.etree",
    "twilio_magic.twiml.rules._walk",
    "twilio_magic.twiml.writing._template",
    "twilio_magic.views.preview",
    "twilio_magic.views.explanation",
    "urllib3",
    "requests",
    "phonenumbers",
    "simpy",
    "asyncio",
    "twilio_magic.api.requests._call_options",
    "twilio_magic.api._client",
    "twilio_magic.simulation.mounts._mounts",
    "twilio_magic.simulation.mounts._web",
    "twilio_magic.simulation.phones._phones",
    "twilio_magic.simulation.legs._interpreter",
    "twilio_magic.simulation.legs._leg",
    "twilio_magic.notebook._mounted_names",
    "twilio_magic.simulation.legs._outbound",
    "twilio_magic.simulation.rest",
    "twilio_magic.simulation.verbs",
    "twilio_magic.views.call_card",
)
#: Seconds without a cell after which nobody is taken to run one cell after the other.
_QUIET = 0.1
#: Seconds that a cell waits at most for the module that is being loaded, on whatever machine.
_PATIENCE = 10.0


class WarmUp:
    """Loads what the first cells need, module by module, while no cell runs.

    A cell that begins waits for the module that is being loaded. So the two never compete for the interpreter, a cell
    finds no module half loaded, and a process that it forks has no lock of the thread's.
    """

    def __init__(self, shell: InteractiveShell) -> None:
        self._shell = shell
        self._changed = Condition()
        self._is_over = False
        self._is_loading = False
        self._is_running = self._is_disturbed = True  # by the cell that begins the warm-up
        self._thread = Thread(target=self._load, name="twilio-magic warm-up", daemon=True)

    @property
    def is_over(self) -> bool:
        """Whether nothing will be loaded any more."""
        return self._is_over

    def begin(self) -> None:
        """Load from the end of this cell on; raises :class:`RuntimeError` where there are no threads."""
        self._thread.start()
        self._shell.events.register("pre_run_cell", self._begin_cell)
        self._shell.events.register("post_run_cell", self._end_cell)
        atexit.register(self.end)

    def end(self) -> None:
        """Load nothing any more."""
        self._finish()
        self._thread.join(_PATIENCE)

    def _begin_cell(self, *_: object) -> None:
        with self._changed:
            self._is_running = self._is_disturbed = True
            self._changed.notify_all()
            self._changed.wait_for(lambda: not self._is_loading, _PATIENCE)

    def _end_cell(self, *_: object) -> None:
        with self._changed:
            self._is_running = False
            self._changed.notify_all()

    def _load(self) -> None:
        for name in _NEEDED:
            if not self._await_quiet():
                return
            with suppress(Exception):  # which the cell that needs it will tell
                import_module(name)
            with self._changed:
                self._is_loading = False
                self._changed.notify_all()
        self._finish()

    def _await_quiet(self) -> bool:
        """Wait until no cell has run for a moment; returns whether to load then."""
        with self._changed:
            while not self._is_over and (self._is_running or self._is_disturbed):
                patience = None if self._is_running else _QUIET
                self._is_disturbed = self._changed.wait(patience)
            self._is_loading = not self._is_over
            return self._is_loading

    def _finish(self) -> None:
        with self._changed:
            self._is_over = True
            self._changed.notify_all()
        for event, callback in (
            ("pre_run_cell", self._begin_cell),
            ("post_run_cell", self._end_cell),
        ):
            with suppress(ValueError):  # it is not registered any more
                self._shell.events.unregister(event, callback)
        atexit.unregister(self.end)
