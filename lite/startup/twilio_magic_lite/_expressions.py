"""Expressions that a request asks for beside its code: JupyterLite's kernel leaves them out."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

Run = Callable[[str], Awaitable[dict[str, Any]]]


def answer_expressions(shell: Any) -> None:
    """Have the kernel of *shell* evaluate them where the code succeeded, as Jupyter's own does.

    The extension of JupyterLab asks in this way whether the package is loaded.
    """
    kernel = shell.kernel
    run: Run = kernel.run

    async def run_with_expressions(code: str) -> dict[str, Any]:
        result = await run(code)
        asked = kernel._parent_header.get("content", {}).get("user_expressions")
        if asked and result["status"] == "ok":
            result["user_expressions"] = shell.user_expressions(asked)
        return result

    kernel.run = run_with_expressions
