"""What the extension of JupyterLab asks of the kernel: problems while typing, formatting, and the simulated world.

It asks through a comm, which it opens when the extension of IPython is loaded. Without it everything works as before.
"""

from ._check import check_cell, format_cell
from ._comm import install_lab, uninstall_lab, write_below

__all__ = ["check_cell", "format_cell", "install_lab", "uninstall_lab", "write_below"]
