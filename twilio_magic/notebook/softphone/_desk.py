"""A desk: several softphones side by side, each a phone of its own in one simulated world."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING, Any, overload

from ipywidgets import Box, Layout

from ...display import html_block, visible_line
from ...endpoints import endpoint
from ...errors import SimulatorError
from ...suggestions import did_you_mean, nearest
from .._text_only import describe_widget
from ._widget import Softphone

if TYPE_CHECKING:
    from ...simulation import Simulator

_NARROWEST = 330  # pixels of a phone: two stand side by side in a notebook, one below the other in a page of 700 pixels


class Softphones(Sequence[Softphone]):
    """Softphones side by side: ``desk[0]`` and ``desk["+13105555555"]`` are one of them, *widget* shows all.

    They call each other through the numbers of the account; what one party says the other hears. :meth:`close` closes
    them all. See :func:`softphones`.
    """

    def __init__(self, addresses: Sequence[str], simulator: Simulator, speed: float | None) -> None:
        self._phones = [Softphone(each, simulator, speed) for each in checked(addresses)]
        columns = f"repeat(auto-fit, minmax(min({_NARROWEST}px, 100%), 1fr))"
        shape = Layout(display="grid", grid_template_columns=columns, grid_gap="8px 24px")
        shape.width = "100%"
        self.widget = Box(self._phones, layout=shape)

    @overload
    def __getitem__(self, key: int | str) -> Softphone: ...

    @overload
    def __getitem__(self, key: slice) -> list[Softphone]: ...

    def __getitem__(self, key: int | str | slice) -> Softphone | list[Softphone]:
        if not isinstance(key, str):
            return self._phones[key]
        known = {phone.address: phone for phone in self._phones}
        if key in known:
            return known[key]
        address = endpoint(key).address
        if address not in known:
            meant = did_you_mean(nearest(address, known))
            raise SimulatorError(
                f"No phone of this desk is at {address}.",
                hint=meant or f"There are {', '.join(known)}.",
            )
        return known[address]

    def __len__(self) -> int:
        return len(self._phones)

    def __iter__(self) -> Iterator[Softphone]:
        return iter(self._phones)

    def close(self) -> None:
        """Close every phone: its call is hung up, and its address is free."""
        for phone in self._phones:
            phone.close()
        self.widget.close()

    def _repr_mimebundle_(
        self,
        include: Collection[str] | None = None,
        exclude: Collection[str] | None = None,
        **_: Any,
    ) -> dict[str, Any]:
        """The phones as a widget, and stills of them for readers without a kernel."""
        stills = "".join(str(phone.still) for phone in self._phones)
        bundle = {
            **self.widget._repr_mimebundle_(),
            "text/plain": describe_widget(self),
            "text/html": html_block(stills),
        }
        return {
            mime: data
            for mime, data in bundle.items()
            if (not include or mime in include) and (not exclude or mime not in exclude)
        }

    def __repr__(self) -> str:
        told = (f"{phone.address}: {phone.status}" for phone in self._phones)
        return visible_line(f"<Softphones {'; '.join(told)}>")


def checked(addresses: Sequence[str]) -> list[str]:
    """The addresses as Twilio writes them; raises for none, and for one that is there twice."""
    if not addresses:
        raise SimulatorError(
            "No address is given.",
            hint='Name a phone each: tm.softphones("+13105555555", "client:ann").',
        )
    found = [endpoint(each).address for each in addresses]
    twice = next((each for place, each in enumerate(found) if each in found[:place]), None)
    if twice is not None:
        raise SimulatorError(
            f"{twice} is given twice.", hint="One phone is at an address: give each its own."
        )
    return found
