"""How well a text stands out from what is behind it. Source: WCAG 2.2, "contrast ratio"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from playwright.sync_api import Locator

ENOUGH = 4.5  # WCAG level AA for body text

Colour = tuple[float, float, float, float]

_NUMBER = re.compile(r"[\d.]+(?:e-\d+)?")

# Every run of words below the element, with its colour and the backgrounds behind it, the nearest first.
_RUNS = """(root, property) => {
    const runs = [];
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        if (!node.data.trim() || node.parentElement.closest("title, desc")) continue;
        const behind = [];
        for (let element = node.parentElement; element; element = element.parentElement)
            behind.push(getComputedStyle(element).backgroundColor);
        runs.push([node.data.trim(), getComputedStyle(node.parentElement)[property], behind]);
    }
    return runs;
}"""


@dataclass(frozen=True)
class Run:
    """A run of words in one colour."""

    text: str
    contrast: float


def runs(element: Locator, *, colour: str = "color") -> list[Run]:
    """Every run of words in *element*, which has its colour by the property *colour*."""
    return [
        Run(text, contrast(_parsed(ink), [_parsed(each) for each in behind]))
        for text, ink, behind in element.evaluate(_RUNS, colour)
    ]


def contrast(colour: Colour, behind: Sequence[Colour]) -> float:
    """The ratio between *colour* and the layers *behind* it, the nearest first."""
    ground: Colour = (255, 255, 255, 1)
    for layer in reversed(behind):
        ground = _over(layer, ground)
    lighter, darker = sorted((_luminance(_over(colour, ground)), _luminance(ground)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _over(upper: Colour, lower: Colour) -> Colour:
    alpha = upper[3]
    red, green, blue = (
        alpha * above + (1 - alpha) * below
        for above, below in zip(upper[:3], lower[:3], strict=True)
    )
    return red, green, blue, 1


def _luminance(colour: Colour) -> float:
    red, green, blue = (_linear(channel / 255) for channel in colour[:3])
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)


def _parsed(css: str) -> Colour:
    """A computed colour: ``rgb(1, 2, 3)``, ``rgba(1, 2, 3, 0.5)`` or ``color(srgb 0.1 0.2 0.3 / 0.5)``."""
    name, *_ = css.partition("(")
    numbers = [float(number) for number in _NUMBER.findall(css)]
    assert name in ("rgb", "rgba", "color"), f"this test cannot read the colour {css}"
    red, green, blue, alpha = (*numbers, 1.0)[:4]
    scale = 255 if name == "color" else 1
    return red * scale, green * scale, blue * scale, alpha
