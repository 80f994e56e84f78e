"""Loading and unloading the IPython extension."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from ..errors import TwilioMagicError
from . import _completion, _first_line, _inspection, _masking, branches, clipboard, lab
from ._magics import MAGICS, TwilioMagics
from ._session import session

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell


def install(shell: InteractiveShell) -> None:
    """Add the magics and their settings to *shell*."""
    uninstall(shell)  # loading twice leaves one of each
    shell.register_magics(TwilioMagics)
    _completion.install_completion(shell, MAGICS)
    _first_line.install_first_line_check(shell, TwilioMagics.magics["cell"])
    _inspection.install_inspection(shell, MAGICS)
    _masking.install_masking(shell, MAGICS)
    branches.install_branches(shell)
    clipboard.install_copy_buttons(shell)
    lab.install_lab(shell)


def uninstall(shell: InteractiveShell) -> None:
    """Remove everything that :func:`install` added."""
    name = TwilioMagics.__name__
    manager = shell.magics_manager
    magics = manager.registry.pop(name, None)
    if magics is None:
        return
    for kind, names in magics.magics.items():
        for magic in names:
            manager.magics[kind].pop(magic, None)
    TwilioMagicError.tracebacks = False
    shell.configurables[:] = [each for each in shell.configurables if each is not magics]
    _completion.uninstall_completion(shell)
    _first_line.uninstall_first_line_check(shell)
    _inspection.uninstall_inspection(shell)
    _masking.uninstall_masking(shell)
    branches.uninstall_branches(shell)
    clipboard.uninstall_copy_buttons(shell)
    lab.uninstall_lab(shell)
    forms = sys.modules.get(f"{__package__}.forms")
    if forms is not None:
        forms.unwatch(shell)
    session().unload()
