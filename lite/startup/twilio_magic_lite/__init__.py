"""What the kernel of the site does otherwise than that of every JupyterLite.

It loads what is imported from the site itself, at once and not only where a cell's own text imports it; and a cell
that is tagged as one that fails does not stop those behind it. Expressions of a request are answered.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from ._expected_errors import let_cells_fail
from ._expressions import answer_expressions
from ._packages import PackageFinder, unpack

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell


def load_ipython_extension(shell: InteractiveShell) -> None:
    """Begin with *shell*, the kernel's; IPython calls it where the kernel starts."""
    import pyodide_js

    base = pyodide_js._api.config.packageBaseUrl
    packages = pyodide_js.lockfile.to_py()["packages"]
    loaded = pyodide_js.loadedPackages
    sys.meta_path.append(PackageFinder(packages, loaded, lambda package: unpack(package, base)))
    # the folder of the notebook is asked last: each question to it is a request
    sys.path[:] = [*(path for path in sys.path if path), ""]
    let_cells_fail(shell)
    answer_expressions(shell)
