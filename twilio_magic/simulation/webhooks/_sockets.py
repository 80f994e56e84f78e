"""Opens WebSockets to applications: signed as Twilio signs them, with the faults that are switched on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ..faults._inject import token_for
from ..faults._inject_socket import open_faulty
from ._signature import sign

if TYPE_CHECKING:
    from ...secret import Secret
    from ..clock._clock import Clock
    from ..faults._fault import Fault
    from ..mounts._socket import Socket, SocketListener
    from ._network import Network

#: The header that has the signature of the handshake.
SIGNATURE = "x-twilio-signature"


def open_socket(
    network: Network,
    clock: Clock,
    url: str,
    headers: Mapping[str, str],
    token: Secret,
    listener: SocketListener,
    *,
    seconds: float,
    also_signed: tuple[str, ...] = (),
) -> tuple[Socket, Fault | None]:
    """A WebSocket to *url*, and the fault that is switched on for it.

    *token* signs the address as it is written, in one header and in those *also_signed*. The network's lock is laid
    down while the application answers. Raises :class:`SocketRefused` if it is not open in so many *seconds*.
    """
    fault = network.faults.take(url)
    signing = token_for(fault, token.reveal())
    signed = (
        {} if signing is None else dict.fromkeys((SIGNATURE, *also_signed), sign(url, {}, signing))
    )
    with network.lock.laid_down():
        socket = open_faulty(
            fault,
            lambda told: network.web.connect(url, {**headers, **signed}, told, seconds),
            listener,
            clock,
            network.lock,
        )
    return socket, fault
