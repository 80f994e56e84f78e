"""The JavaScript module and the style sheet that all softphones of a kernel share."""

from __future__ import annotations

from pathlib import Path

from ipywidgets import Widget
from traitlets import Unicode

from .._scripts import SOURCE, join_scripts, join_styles

_HERE = Path(__file__).parent


class SharedAssets(Widget):  # type: ignore[misc] # ipywidgets is untyped
    """The module and the style sheet, as a widget of their own: so a notebook saves them once."""

    module = Unicode().tag(sync=True)
    style = Unicode().tag(sync=True)

    def __repr__(self) -> str:
        return "<the look of softphones>"


_shared: list[SharedAssets] = []


def shared_assets() -> SharedAssets:
    """Return the shared widget of this kernel; a new one if it was closed."""
    if not _shared or _shared[-1].comm is None:
        module = join_scripts(SOURCE, _HERE / "softphone.js")
        style = join_styles(_HERE / "softphone.css")
        _shared[:] = [SharedAssets(module=module, style=style)]
    return _shared[-1]
