"""What an exception came from: libraries wrap exceptions in exceptions of their own, several levels deep."""

from __future__ import annotations

from collections.abc import Iterator


def causes_of(exception: BaseException) -> Iterator[BaseException]:
    """*exception* and its causes, the outermost first, each once."""
    waiting, seen = [exception], set()
    while waiting:
        each = waiting.pop(0)
        if id(each) in seen:
            continue
        seen.add(id(each))
        yield each
        inner = [*each.args, getattr(each, "reason", None), each.__cause__, each.__context__]
        waiting += [cause for cause in inner if isinstance(cause, BaseException)]
