"""Connects to the first of several addresses that answers before a deadline."""

from __future__ import annotations

import socket
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ._deadline import Deadline
    from ._lookup import Addresses


def connect_to_any(
    addresses: Addresses, deadline: Deadline, options: Sequence[tuple[Any, ...]] = ()
) -> socket.socket:
    """A socket that is connected to the first of *addresses* that answers; raises the last one's error.

    Its timeout is what is left until the *deadline*.
    """
    failed = OSError("the name has no address")
    for family, kind, protocol, _, address in addresses:
        tried = socket.socket(family, kind, protocol)
        try:
            for option in options:
                tried.setsockopt(*option)
            tried.settimeout(deadline.remaining())
            tried.connect(address)
            # for the TLS handshake
            tried.settimeout(deadline.remaining())
        except OSError as error:
            tried.close()
            failed = error
        except BaseException:
            tried.close()
            raise
        else:
            return tried
    raise failed
