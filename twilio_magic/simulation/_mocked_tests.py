"""``mock_twilio()`` as the decorator of a class of tests: what belongs to one test runs in one world.

A :class:`unittest.TestCase` is decorated where it runs a test, with ``setUp``, ``tearDown`` and what cleans up. The
methods of other classes are decorated one by one, as pytest makes an object of the class for each test.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import wraps
from typing import Any
from unittest import TestCase

from ._simulator import Simulator

#: Makes the world of a test, and the block in which its code runs.
MakeWorld = Callable[[], Simulator]
MakeBlock = Callable[[Simulator], AbstractContextManager[Simulator]]

#: The attribute with which a test finds its world.
_NAME = "twilio_simulator"


def decorate_tests(tests: type, world: MakeWorld, block: MakeBlock) -> bool:
    """Let each test of the class *tests*, which is changed, run inside a *block*; returns whether it can have tests."""
    if issubclass(tests, TestCase):
        for name in ("run", "debug"):
            setattr(tests, name, _inside_for_one_run(getattr(tests, name), world, block))
        return True
    has_tests = False
    for name in dir(tests):
        method = inspect.getattr_static(tests, name)
        if name.startswith("_"):
            continue
        if inspect.isfunction(method) and not _is_generator(method):
            setattr(tests, name, _inside(method, world, block))
            has_tests = True
        elif isinstance(method, type) and method.__qualname__ == f"{tests.__qualname__}.{name}":
            has_tests |= decorate_tests(method, world, block)
    return has_tests


def _is_generator(function: object) -> bool:
    """Whether *function* runs when somebody asks for its values, inside of who asks."""
    return inspect.isgeneratorfunction(function) or inspect.isasyncgenfunction(function)


def _inside_for_one_run(
    run: Callable[..., Any], world: MakeWorld, block: MakeBlock
) -> Callable[..., Any]:
    """The method *run* of a test case, in a world of its own each time."""

    @wraps(run)
    def run_inside(test: Any, *args: Any, **kwargs: Any) -> Any:
        simulator = world()
        setattr(test, _NAME, simulator)
        with block(simulator):
            return run(test, *args, **kwargs)

    return run_inside


def _inside(method: Callable[..., Any], world: MakeWorld, block: MakeBlock) -> Callable[..., Any]:
    """*method* in the world of the object whose method it is, also where it is ``async``."""
    if inspect.iscoroutinefunction(method):

        @wraps(method)
        async def run_coroutine(test: Any, *args: Any, **kwargs: Any) -> Any:
            with _block_of(test, world, block):
                return await method(test, *args, **kwargs)

        return run_coroutine

    @wraps(method)
    def run(test: Any, *args: Any, **kwargs: Any) -> Any:
        with _block_of(test, world, block):
            return method(test, *args, **kwargs)

    return run


def _block_of(test: Any, world: MakeWorld, block: MakeBlock) -> AbstractContextManager[Simulator]:
    """A block with the world of *test*, which is made for the first of its methods."""
    known = getattr(test, _NAME, None)
    if not isinstance(known, Simulator):
        known = world()
        setattr(test, _NAME, known)
    return block(known)
