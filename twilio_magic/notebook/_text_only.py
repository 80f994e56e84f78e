"""What stands for a widget where only text is shown: in IPython, in a terminal."""

from __future__ import annotations

_INSTEAD = """\
A terminal cannot show this: run it in JupyterLab. There are words for all that it does: %call --help, %phone --help;
and twilio-magic simulate FILE -i plays a call by typing."""


def describe_widget(widget: object) -> str:
    """``repr(widget)``; where only text is shown, also what to do there."""
    return f"{widget!r}\n{_INSTEAD}" if _shows_only_text() else repr(widget)


def _shows_only_text() -> bool:
    from IPython.core.getipython import get_ipython

    shell = get_ipython()
    formatter = None if shell is None else shell.display_formatter
    return formatter is not None and formatter.active_types == ["text/plain"]
