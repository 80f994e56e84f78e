"""Pictures twice: as drawings in the colors of the page, and as images for notebooks that are not trusted.

JupyterLab takes SVG away from a notebook that it does not trust, and what it does not know of a style, such as
variables. It keeps images, whatever is in them, so the image is the same SVG in colors of its own.
"""

from __future__ import annotations

import re

from markupsafe import Markup

from ..display import visible

_OPENING = re.compile(r"<svg [^>]*>")
#: What an image has no use for: styles with the variables of a page, and what only a pointer or a screen reader finds.
_USELESS = re.compile(
    r' (?:style|role|aria-label)="[^"]*"|<title>[^<]*</title>|<desc>[^<]*</desc>|</?g>'
)
_WIDTH = re.compile(r'<svg [^>]*? width="([\d.]+)"')
_PAPER = '<rect width="100%" height="100%" fill="#fff"/>'
#: What stands for itself in an address of data, and what does not.
_ESCAPED = str.maketrans(
    {'"': "'", "%": "%25", "#": "%23", "<": "%3C", ">": "%3E", "&": "%26", "\n": "%0A"}
)


def hide_unless_trusted(picture: Markup) -> Markup:
    """*picture*, whose words a notebook that is not trusted hides: it keeps attributes, and no ``all`` of a style."""
    return Markup('<div hidden="hidden" style="all:unset">{}</div>').format(picture)


def frame_picture(title: str, picture: Markup) -> Markup:
    """*picture*, an SVG, in a frame that scrolls and is called *title*; where it is not trusted, an image of it.

    ``hidden`` without a value is one that JupyterLab takes away there.
    """
    framed = Markup(
        '<div style="overflow-x:auto" tabindex="0" role="group" aria-label="{}">{}</div>'
    ).format(title, picture)
    image = Markup(
        '<div hidden="" style="overflow-x:auto">'
        '<img alt="{}" src="{}" style="max-width:100%;min-width:{:.0f}px"/></div>'
    ).format(visible(title), _as_data(picture), _width(picture) * 0.8)
    return Markup("{}{}").format(hide_unless_trusted(framed), image)


def _width(picture: Markup) -> float:
    found = _WIDTH.search(picture)
    return 0 if found is None else float(found[1])


def _as_data(picture: Markup) -> str:
    """*picture* as an address: a light page on paper of its own, and nothing that it takes from elsewhere."""
    drawn = _USELESS.sub("", picture)
    opening = _OPENING.match(drawn)
    begin = 0 if opening is None else opening.end()
    on_paper = drawn[:begin] + _PAPER + drawn[begin:]
    return f"data:image/svg+xml;charset=utf-8,{str(on_paper).translate(_ESCAPED)}"
