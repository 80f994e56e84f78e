"""The files of a folder as a web application: what an application plays, that has them beside it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask, Response


def folder_application(folder: Path) -> Flask:
    """Serves the files in *folder* and below, by their names; nothing outside of it."""
    from flask import Flask, send_from_directory

    app = Flask("files", static_folder=None)
    root = folder.resolve()

    @app.get("/<path:name>")
    def send(name: str) -> Response:
        return send_from_directory(root, name)

    return app
