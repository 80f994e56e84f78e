"""Where a served world has, beside Twilio's API, what drives the world itself.

The application that answers there shows calls as views do, and stands above them. So it is named here, and loaded at
its first request, as the view of an object is.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from ..display import load_view
from ..once import once

if TYPE_CHECKING:
    from ._simulator import Simulator
    from .mounts._wsgi import WsgiApp

#: The path below which it answers.
CONTROL = "/simulator"
_APPLICATION = "twilio_magic.control:control_app"


def with_control(api: WsgiApp, simulator: Simulator) -> WsgiApp:
    """Wrap *api*, so that what is asked for below ``/simulator`` drives *simulator*."""

    @once
    def control() -> WsgiApp:
        app: WsgiApp = load_view(_APPLICATION)(simulator)
        return app

    def run(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        is_below = f"{environ['PATH_INFO']}/".startswith(f"{CONTROL}/")
        return (control() if is_below else api)(environ, start_response)

    return run
