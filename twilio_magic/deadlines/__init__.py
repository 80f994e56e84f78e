"""Deadlines for what is read from a network: they hold whatever arrives, and at whatever pace.

A socket's own timeout begins anew with each byte, so who sends one now and then could be waited for without end.
"""

from ._adapter import DeadlineAdapter
from ._connect import connect_to_any
from ._deadline import Deadline, DeadlineReader
from ._lookup import NotPublicError, look_up, public_addresses_only, refuse_unless_public
from ._session import DirectSession

__all__ = [
    "Deadline",
    "DeadlineAdapter",
    "DeadlineReader",
    "DirectSession",
    "NotPublicError",
    "connect_to_any",
    "look_up",
    "public_addresses_only",
    "refuse_unless_public",
]
