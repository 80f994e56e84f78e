"""An application with a key that leads nowhere, made anew for each call."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .menus import Menu, application

if TYPE_CHECKING:
    from flask import Flask


def create_app() -> Flask:
    return application(Menu("outer", {"1": "Here."}, missing=("7",)))
