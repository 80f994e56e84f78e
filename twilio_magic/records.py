"""Dataclasses that are loaded fast: each method of one is compiled when it is first asked for.

The original compiles up to eight functions for each class when its module is imported, half a millisecond in all; what
a first call in a kernel imports has two hundred such classes, and of most no object is made. Here the original finds
the fields and makes the slots, and the rest waits. For the type checker, and for ``fields``, ``replace`` and
``asdict``, records are dataclasses like others.
"""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import MISSING, Field, FrozenInstanceError
from reprlib import recursive_repr
from typing import TYPE_CHECKING, Any, NoReturn

__all__ = ["dataclass"]

#: The options of a record. Whatever has others, defines what is made here, or inherits fields, is left to the original.
_OPTIONS = {"eq", "frozen", "repr", "slots", "weakref_slot"}
_METHODS = {"__init__", "__eq__", "__hash__", "__setattr__", "__delattr__"}
_STATE = {"__getstate__", "__setstate__"}


def _dataclass(cls: type | None = None, /, **options: bool) -> Any:
    """The dataclass of *cls*, with *options* as :func:`dataclasses.dataclass` has them."""
    if cls is None:
        return lambda cls: _dataclass(cls, **options)
    if _is_usual(cls, options):
        return _make_record(cls, **options)
    return dataclasses.dataclass(**options)(cls)


if TYPE_CHECKING:
    from dataclasses import dataclass
else:
    dataclass = _dataclass


def _is_usual(cls: type, options: Iterable[str]) -> bool:
    own = vars(cls).keys()
    return (
        _OPTIONS.issuperset(options)
        and own.isdisjoint(_METHODS | _STATE)
        and not dataclasses.is_dataclass(cls)
    )


def _make_record(
    cls: type,
    *,
    eq: bool = True,
    frozen: bool = False,
    repr: bool = True,  # noqa: A002 - as the original calls it
    **layout: bool,
) -> type:
    cls.__doc__ = cls.__doc__ or cls.__name__  # else the original asks for the signature
    is_shown = repr and "__repr__" not in vars(cls)
    made: Any = dataclasses.dataclass(init=False, repr=False, eq=False, **layout)(cls)
    told = made.__dataclass_params__  # which a dataclass that inherits from it is checked against
    told.init, told.repr, told.eq, told.frozen = True, repr, eq, frozen
    made.__init__ = _Unwritten(made, "__init__", _write_init)
    if is_shown:
        made.__repr__ = _Unwritten(made, "__repr__", _write_repr)
    if eq:
        made.__eq__ = _Unwritten(made, "__eq__", _write_eq)
        made.__hash__ = _Unwritten(made, "__hash__", _write_hash) if frozen else None
    if frozen:
        made.__setattr__, made.__delattr__ = _refuse_to_set, _refuse_to_delete
    if frozen and layout.get("slots"):
        made.__getstate__, made.__setstate__ = _list_values, _restore
    return made  # type: ignore[no-any-return] # a class


def _refuse_to_set(_: object, name: str, __: object) -> NoReturn:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_to_delete(_: object, name: str) -> NoReturn:
    raise FrozenInstanceError(f"cannot delete field {name!r}")


def _list_values(self: Any) -> list[Any]:
    return [getattr(self, field.name) for field in dataclasses.fields(self)]


def _restore(self: Any, values: Iterable[Any]) -> None:
    for field, value in zip(dataclasses.fields(self), values, strict=True):
        object.__setattr__(self, field.name, value)


class _Unwritten:
    """A method of a class until somebody asks for it: then it is written, and stands in the class itself."""

    def __init__(self, kind: type, name: str, write: Callable[[Any], Any]) -> None:
        self._kind = kind
        self._name = name
        self._write = write

    def __get__(self, thing: object, _: object = None) -> Any:
        method = self._write(self._kind)
        setattr(self._kind, self._name, method)
        return method if thing is None else method.__get__(thing)


def _write_repr(kind: Any) -> Any:
    shown = ", ".join(f"{one.name}={{self.{one.name}!r}}" for one in _fields(kind) if one.repr)
    body = f"return self.__class__.__qualname__ + f'({shown})'"
    return recursive_repr()(_compile(kind, "__repr__", ["self"], body))


def _write_eq(kind: Any) -> Any:
    names = [one.name for one in _fields(kind) if one.compare]
    same = f"{_tuple('self', names)} == {_tuple('other', names)}"
    body = f"return {same} if other.__class__ is self.__class__ else NotImplemented"
    return _compile(kind, "__eq__", ["self", "other"], body)


def _write_hash(kind: Any) -> Any:
    names = [one.name for one in _fields(kind) if (one.compare if one.hash is None else one.hash)]
    return _compile(kind, "__hash__", ["self"], f"return hash({_tuple('self', names)})")


def _write_init(kind: Any) -> Any:
    """It takes the fields in order, and sets them."""
    known: dict[str, Any] = {"_made": _Factory(), "_set": object.__setattr__}
    known |= {f"_default_{field.name}": field.default for field in _fields(kind)}
    known |= {f"_make_{field.name}": field.default_factory for field in _fields(kind)}
    is_frozen = kind.__dataclass_params__.frozen
    setting = "_set(self, {0!r}, {1})" if is_frozen else "self.{0} = {1}"
    values = ((field.name, _value_of(field)) for field in _fields(kind))
    body = [setting.format(name, value) for name, value in values if value]
    if hasattr(kind, "__post_init__"):
        body.append("self.__post_init__()")
    parameters = _list_parameters(_fields(kind))
    written = _compile(kind, "__init__", parameters, "; ".join(body) or "pass", known)
    written.__annotations__ = {field.name: field.type for field in _fields(kind) if field.init}
    written.__annotations__["return"] = None
    return written


def _compile(
    kind: Any, name: str, parameters: Iterable[str], body: str, known: Mapping[str, Any] = {}
) -> Any:
    """The method *name* of *kind*, which knows what its module knows, and *known*."""
    inner = f"def {name}({', '.join(parameters)}): {body}"
    source = f"def write({', '.join(known)}):\n {inner}\n return {name}"
    made: dict[str, Any] = {}
    exec(source, vars(sys.modules[kind.__module__]), made)  # noqa: S102 - names of fields
    written = made["write"](**known)
    written.__qualname__ = f"{kind.__qualname__}.{name}"
    return written


def _fields(kind: Any) -> tuple[Field[Any], ...]:
    return dataclasses.fields(kind)


def _tuple(thing: str, names: Iterable[str]) -> str:
    return f"({''.join(f'{thing}.{name}, ' for name in names)})"


class _Factory:
    """Stands for a default that is made anew for each object, and looks as the original's does."""

    def __repr__(self) -> str:
        return "<factory>"


def _list_parameters(each: Iterable[Field[Any]]) -> Iterator[str]:
    taken = [field for field in each if field.init]
    yield from ("self", *(_parameter(field) for field in taken if not field.kw_only))
    named = [_parameter(field) for field in taken if field.kw_only]
    yield from ("*", *named) if named else ()


def _parameter(field: Field[Any]) -> str:
    if field.default is not MISSING:
        return f"{field.name}=_default_{field.name}"
    return field.name if field.default_factory is MISSING else f"{field.name}=_made"


def _value_of(field: Field[Any]) -> str:
    """What a field is set to, as source; nothing for one that somebody else sets."""
    if field.default_factory is not MISSING:
        made = f"_make_{field.name}()"
        return f"{made} if {field.name} is _made else {field.name}" if field.init else made
    if field.init:
        return field.name
    return "" if field.default is MISSING else f"_default_{field.name}"
