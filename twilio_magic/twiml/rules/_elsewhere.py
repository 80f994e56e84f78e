"""Where an attribute or an element belongs that stands in the wrong place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..language._vocabulary import vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..language._rows import ElementRow


def list_tags(names: Iterable[str]) -> str:
    """List elements in words, without those that are no longer to be used."""
    known, statuses = vocabulary().elements, vocabulary().statuses
    tags = [f"<{name}>" for name in names if not statuses[known[name].status].hidden]
    return ", ".join(tags[:-1]) + f" or {tags[-1]}" if len(tags) > 1 else "".join(tags)


def find_home(row: ElementRow, parent: str, attribute: str) -> str:
    """Find the elements next to one of this kind that have *attribute*: those inside it, else the one around it.

    They are listed in words; "" if there are none.
    """
    known = vocabulary().elements
    inside = [child for child in row.children if attribute in known[child].attributes]
    around = [parent] if parent in known and attribute in known[parent].attributes else []
    return list_tags(inside or around)


def find_product(element: str) -> tuple[str, str] | None:
    """Find the other product of Twilio whose documents have *element*, and what to do about it here."""
    products: dict[str, dict[str, list[str] | str]] = vocabulary().document["other_products"]
    for name, facts in products.items():
        if element in facts["elements"]:
            return name, str(facts["hint"])
    return None
