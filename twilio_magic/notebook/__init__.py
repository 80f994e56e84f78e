"""The notebook side: magics that translate lines and cells into calls of the floors below.

Loading this package imports neither lxml nor requests, so that ``%load_ext`` is instant.
"""

from ._exercise import exercise
from ._extension import install, uninstall
from ._session import client, simulator

__all__ = ["client", "exercise", "install", "simulator", "uninstall"]
