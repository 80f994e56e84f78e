"""Pictures twice: as drawings in the colors of the page, and as images for notebooks that are not trusted.

JupyterLab takes SVG away from a notebook that it does not trust, and what it does not know of a style, such as
variables. It keeps images, whatever is in them, so the image is the same SVG in colors of its own. It cannot
know whether the page is light or dark: words stand on paper of their own, with a border, and shapes have colors that
stand out from both.
"""

from __future__ import annotations

import re

from markupsafe import Markup

from ..display import visible

_OPENING = re.compile(r'<svg (?P<rest>[^>]*?)viewBox="0 0 (?P<width>[\d.]+) (?P<height>[\d.]+)"')
_SIZE = re.compile(r' (?:width|height)="[\d.]+"')
#: What an image has no use for: styles with the variables of a page, and what only a pointer or a screen reader finds.
_USELESS = re.compile(
    r' (?:style|role|aria-label|aria-hidden)="[^"]*"|<title>[^<]*</title>|<desc>[^<]*</desc>|</?g>'
)
_MARGIN = 12  # of the paper, at each side
_PAPER = '<rect x="{0:g}" y="{0:g}" width="{1:g}" height="{2:g}" rx="8" fill="#f1f3f5" stroke="#9aa0a6"/>'
#: What stands for itself in an address of data, and what does not.
_ESCAPED = str.maketrans(
    {'"': "'", "%": "%25", "#": "%23", "<": "%3C", ">": "%3E", "&": "%26", "\n": "%0A"}
)


def frame_picture(title: str, picture: Markup) -> Markup:
    """*picture*, an SVG with words, in a frame that scrolls and is called *title*; where it is not trusted, its
    image.
    """
    framed = Markup(
        '<div style="overflow-x:auto" tabindex="0" role="group" aria-label="{}">{}</div>'
    ).format(title, picture)
    drawn, width = _on_paper(picture)
    image = _image(drawn, title, f"max-width:100%;min-width:{width * 0.8:.0f}px")
    return _either(framed, image)


def draw_shapes(picture: Markup, title: str, style: str) -> Markup:
    """*picture*, an SVG without words, whose colors stand out from light and dark; the image has the *style*."""
    return _either(picture, _image(_USELESS.sub("", picture), title, style))


def _either(trusted: Markup, image: Markup) -> Markup:
    """One of both: ``hidden`` with a value remains where nothing is trusted, and ``all`` of a style does not.

    ``hidden`` without a value is one that JupyterLab takes away there. Pages that hide what is ``hidden`` with an
    ``!important`` of their own, such as marimo's, show the picture for that of its style.
    """
    return Markup(
        '<div hidden="hidden" style="all:unset!important">{}</div><div hidden="" style="overflow-x:auto">{}</div>'
    ).format(trusted, image)


def _image(drawn: str, title: str, style: str) -> Markup:
    source = f"data:image/svg+xml;charset=utf-8,{drawn.translate(_ESCAPED)}"
    return Markup('<img alt="{}" src="{}" style="{}"/>').format(visible(title), source, style)


def _on_paper(picture: Markup) -> tuple[str, float]:
    """*picture* on paper of its own, and how wide that is."""
    drawn = _USELESS.sub("", picture)
    opening = _OPENING.match(drawn)
    if opening is None:
        return drawn, 0
    width, height = (float(opening[side]) + 2 * _MARGIN for side in ("width", "height"))
    end = drawn.index(">")
    rest = _SIZE.sub("", drawn[opening.end() : end])
    head = (
        f'<svg {opening["rest"]}viewBox="{-_MARGIN} {-_MARGIN} {width:g} {height:g}" '
        f'width="{width:g}" height="{height:g}"{rest}>'
    )
    paper = _PAPER.format(0.5 - _MARGIN, width - 1, height - 1)
    return f"{head}{paper}{drawn[end + 1 :]}", width
