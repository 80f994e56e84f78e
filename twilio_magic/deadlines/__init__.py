"""Deadlines for what is read from a network: they hold whatever arrives, and at whatever pace.

A socket's own timeout begins anew with each byte, so who sends one now and then could be waited for without end.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ._adapter import DeadlineAdapter
    from ._connect import connect_to_any
    from ._deadline import Deadline, DeadlineReader
    from ._lookup import NotPublicError, look_up, public_addresses_only, refuse_unless_public
    from ._session import DirectSession, encode_form
else:
    from ..front_door import open_front_door

    __getattr__, __dir__ = open_front_door(
        __name__,
        {
            "._adapter": "DeadlineAdapter",
            "._connect": "connect_to_any",
            "._deadline": "Deadline, DeadlineReader",
            "._lookup": "NotPublicError, look_up, public_addresses_only, refuse_unless_public",
            "._session": "DirectSession, encode_form",
        },
    )

__all__ = [
    "Deadline",
    "DeadlineAdapter",
    "DeadlineReader",
    "DirectSession",
    "NotPublicError",
    "connect_to_any",
    "encode_form",
    "look_up",
    "public_addresses_only",
    "refuse_unless_public",
]
