"""Sphinx's settings. ``make docs`` builds the site; see ``__main__.py``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docs.site.lexer import CellLexer
from twilio_magic import __version__

if TYPE_CHECKING:
    from sphinx.application import Sphinx

project = "twilio_magic"
author = "The twilio_magic developers"
copyright = author  # noqa: A001 - Sphinx's name for it
version = release = __version__

extensions = ["myst_nb", "sphinx.ext.autodoc"]
root_doc = "index"
html_theme = "furo"
html_title = "twilio_magic"
html_show_sphinx = False
html_copy_source = False
html_static_path = ["static"]
html_css_files = ["cards.css"]
html_theme_options = {"navigation_with_keys": True}

nb_execution_mode = "off"  # the notebooks are shown with the outputs that they are stored with
nb_merge_streams = True
nb_render_error_lexer = "myst-ansi"
myst_heading_anchors = 3
myst_enable_extensions = ["colon_fence"]
suppress_warnings = ["myst.header", "misc.highlighting_failure"]

autodoc_typehints = "none"  # docstrings say what matters; signatures stay readable
autodoc_member_order = "bysource"
default_role = "code"
smartquotes = False  # what stands between quotes is often to be typed
pygments_style = "friendly"
pygments_dark_style = "monokai"


def setup(app: Sphinx) -> None:
    """Cells have colours of their own."""
    for name in ("python", "ipython3"):
        app.add_lexer(name, CellLexer)
