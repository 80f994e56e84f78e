"""What is wider than its place, and does not scroll there."""

from __future__ import annotations

WIDE, NARROW = 1200, 770  # pixels of the window; a cell has what the side bar leaves
#: The elements below one, as a function of JavaScript.
STICKING_OUT = """output => [...output.querySelectorAll("*")]
    .filter(each => each.clientWidth && each.scrollWidth > each.clientWidth + 1 && !each.closest("svg")
        && getComputedStyle(each).overflowX === "visible")
    .map(each => each.outerHTML.slice(0, 120))"""
