"""Cells that are meant to fail: JupyterLite would stop Run All at each of them, whatever its tags say."""

from __future__ import annotations

import sys
from collections.abc import Awaitable, Callable
from typing import Any

Run = Callable[[str], Awaitable[dict[str, Any]]]


def let_cells_fail(shell: Any) -> None:
    """Have the kernel of *shell* go on behind a cell that the notebook tags with ``raises-exception``."""
    kernel = shell.kernel
    run: Run = kernel.run

    async def run_on(code: str) -> dict[str, Any]:
        result = await run(code)
        if result["status"] != "error" or _is_to_stop(kernel._parent_header):
            return result
        # the page shows what goes to stderr as it shows an error
        sys.stderr.write("\n".join(result["traceback"]) + "\n")
        return {"status": "ok", "payload": result["payload"]}

    kernel.run = run_on


def _is_to_stop(request: dict[str, Any]) -> bool:
    """Whether *request*, an ``execute_request``, wants the cells behind it dropped if it fails."""
    return bool(request.get("content", {}).get("stop_on_error", True))
