"""Mending a document where a problem suggests what was meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...errors import NotXml
from ...suggestions import Suggestion

if TYPE_CHECKING:
    from ...problem import Problem
    from ._draft import Draft


def mend(draft: Draft, problem: Problem) -> Draft | None:
    """The *draft* with what *problem* suggests in place of what is wrong; None where it suggests nothing."""
    if not isinstance(problem.hint, Suggestion):
        return None
    meant = problem.hint.meant
    path, attribute = draft.locate(problem)
    try:
        if problem.attribute is None:
            return draft.with_name(path, meant)
        written = attribute or problem.attribute
        if problem.name == "bad-value":
            return draft.with_attribute(path, written, meant)
        return draft.with_renamed(path, written, meant)
    except NotXml:  # such as an attribute that is there already
        return None
