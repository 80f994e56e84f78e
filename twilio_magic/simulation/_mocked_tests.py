"""``mock_twilio()`` as the decorator of a class of tests: what belongs to one test runs in one world.

A :class:`unittest.TestCase` is decorated where it runs a test, with ``setUp``, ``tearDown`` and what cleans up. The
methods of other classes are decorated one by one, as pytest makes an object of the class for each test. What runs once
for a class runs in a world of the class. A class that is made from a decorated one is decorated, too.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import wraps
from typing import TYPE_CHECKING, Any
from unittest import TestCase

from ..records import dataclass

if TYPE_CHECKING:
    from ._simulator import Simulator

#: The attribute with which a test finds its world, and what runs once for a class that of the class.
_NAME = "twilio_simulator"
#: The attribute that a decorated class has its decorator in; pytest's hooks look there.
DECORATOR = "_twilio_decorator"
_HAS_RUN = "_twilio_has_run"
#: What a method has that takes the place of another one: the other.
_ORIGINAL = "_twilio_original"
#: What unittest and pytest run once for a class.
_FOR_CLASS = ("setUpClass", "tearDownClass", "setup_class", "teardown_class")
#: What pytest gives the test, or the module, if it takes one, by the code of the function that it finds.
_MAY_TAKE_TEST = ("setup_method", "teardown_method")
_MAY_TAKE_MODULE = ("setup_module", "teardown_module", "setup_function", "teardown_function")


@dataclass(frozen=True, slots=True)
class ClassDecorator:
    """Decorates classes of tests.

    *make_world* makes the world of a test, *block* lets code run in it, and *is_inside* says whether code does already.
    """

    make_world: Callable[[], Simulator]
    block: Callable[[Simulator], AbstractContextManager[Simulator]]
    is_inside: Callable[[], bool]

    def decorate(self, tests: type) -> bool:
        """Let each test of the class *tests*, which is changed, run inside; returns whether it can have tests."""
        if issubclass(tests, TestCase):
            self._decorate_case(tests)
        elif not self._decorate_methods(tests):
            return False
        for name in _FOR_CLASS:
            method = _original(tests, name)
            if method is not None and method is not inspect.getattr_static(TestCase, name, None):
                setattr(tests, name, self._for_class(method))
        self._decorate_below(tests)
        setattr(tests, DECORATOR, self)
        return True

    def block_of(self, test: Any) -> AbstractContextManager[Simulator]:
        """A block with the world of *test*, a test or a class of them, which is made for the first that runs of it."""
        if _NAME not in vars(test):
            setattr(test, _NAME, self.make_world())
        return self.block(getattr(test, _NAME))

    def _decorate_case(self, tests: type) -> None:
        for name in ("run", "debug"):
            setattr(tests, name, self._for_run(_original(tests, name)))
        tests.doClassCleanups = self._for_class(_original(tests, "doClassCleanups"))  # type: ignore[attr-defined]

    def _decorate_methods(self, tests: type) -> bool:
        has_tests = False
        for name in dir(tests):
            method = _original(tests, name)
            if name.startswith("_") or name in _FOR_CLASS:
                continue
            if isinstance(method, staticmethod):
                setattr(tests, name, self._static(method))
            elif inspect.isfunction(method) and not _is_generator(method):
                setattr(tests, name, self._for_test(method))
                has_tests = True
            elif isinstance(method, type) and method.__qualname__ == f"{tests.__qualname__}.{name}":
                has_tests |= self.decorate(method)
        return has_tests

    def _decorate_below(self, tests: type) -> None:
        """Let the classes that are made from *tests* be decorated, too."""
        before = _original(tests, "__init_subclass__")

        def decorate_subclass(below: Any, /, **options: Any) -> None:
            before.__get__(None, below)(**options)
            self.decorate(below)

        setattr(decorate_subclass, _ORIGINAL, before)
        setattr(tests, "__init_subclass__", classmethod(decorate_subclass))  # noqa: B010 - mypy takes no other

    def _for_class(self, method: Any) -> Any:
        """*method*, which runs once for a class, in the world of the class."""

        def run(tests: Any) -> Any:
            with self.block_of(tests):
                if isinstance(method, staticmethod) and not _count(method.__func__):
                    return method.__func__()
                return getattr(method, "__func__", method)(tests)

        return classmethod(_replace(method, run))

    def _for_run(self, method: Callable[..., Any]) -> Callable[..., Any]:
        """The method of a test case that runs it, in a world of its own each time."""

        def run(test: Any, *args: Any, **kwargs: Any) -> Any:
            if vars(test).get(_HAS_RUN):
                delattr(test, _NAME)
            setattr(test, _HAS_RUN, True)
            with self.block_of(test):
                return method(test, *args, **kwargs)

        return _replace(method, run)

    def _static(self, method: staticmethod[..., Any]) -> Any:
        """*method* in the world of the test that calls it, or in one of its own."""

        def run(*args: Any, **kwargs: Any) -> Any:
            if self.is_inside():
                return method(*args, **kwargs)
            with self.block(self.make_world()):
                return method(*args, **kwargs)

        return staticmethod(_replace(method, run))

    def _for_test(self, method: Callable[..., Any]) -> Callable[..., Any]:
        """*method* in the world of the object whose method it is, also where it is ``async``."""

        async def run_coroutine(test: Any, *args: Any, **kwargs: Any) -> Any:
            with self.block_of(test):
                return await method(test, *args, **kwargs)

        def run(test: Any, *args: Any, **kwargs: Any) -> Any:
            with self.block_of(test):
                return method(test, *args, **kwargs)

        def run_with(test: Any, given: Any) -> Any:
            return run(test, given)

        if inspect.iscoroutinefunction(method):
            return _replace(method, run_coroutine)
        takes_test = method.__name__ in _MAY_TAKE_TEST and _count(method) > 1
        return _replace(method, run_with if takes_test else run)


def keep_argument(function: Callable[..., Any], run: Callable[..., Any]) -> Callable[..., Any]:
    """*run*, which takes the place of *function*, with its argument if pytest gives it one where it takes one."""
    if function.__name__ not in _MAY_TAKE_MODULE or not _count(function):
        return run

    @wraps(function)
    def run_with(given: Any) -> Any:
        return run(given)

    return run_with


def _count(function: Any) -> int:
    """How many arguments pytest finds that *function* takes."""
    return int(function.__code__.co_argcount)


def _original(tests: type, name: str) -> Any:
    """What the class has as *name*, as it was before it was decorated; ``None`` if it has nothing."""
    found = inspect.getattr_static(tests, name, None)
    return getattr(getattr(found, "__func__", found), _ORIGINAL, found)


def _replace(method: Any, run: Callable[..., Any]) -> Callable[..., Any]:
    """*run*, which looks like *method* and knows it."""
    wraps(getattr(method, "__func__", method))(run)
    setattr(run, _ORIGINAL, method)
    return run


def _is_generator(function: object) -> bool:
    """Whether *function* runs when somebody asks for its values, inside of who asks."""
    return inspect.isgeneratorfunction(function) or inspect.isasyncgenfunction(function)
