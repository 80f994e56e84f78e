"""``answers.md``, read: the right answer and the wrong ones of every exercise."""

from __future__ import annotations

import re
from pathlib import Path

#: The cells of one answer.
Cells = tuple[str, ...]

_TEXT = Path(__file__).with_suffix(".md").read_text("utf-8")
_BLOCK = re.compile(r"^```\n(.*?)^```$", re.MULTILINE | re.DOTALL)

RIGHT: dict[str, Cells] = {}
#: With each wrong answer, a part of what the learner is told.
WRONG: dict[str, list[tuple[Cells, str]]] = {}

for _exercise in _TEXT.split("\n## ")[1:]:
    _head, *_answers = _exercise.split("\n### ")
    _name = _head.strip()
    for _answer in _answers:
        _kind, _, _told = _answer.partition("\n")[0].partition(": ")
        _cells = tuple(_BLOCK.findall(_answer))
        if _kind == "right":
            RIGHT[_name] = _cells
        else:
            WRONG.setdefault(_name, []).append((_cells, _told))
