"""The magics of IPython: they turn lines and cells into calls of the functions below.

Loading this package imports neither lxml nor requests, so that ``%load_ext`` is instant.
"""

from ._exercise import exercise, exercises
from ._extension import install, uninstall
from ._progress_bar import widget_bar
from ._session import client, simulator

__all__ = ["client", "exercise", "exercises", "install", "simulator", "uninstall", "widget_bar"]
