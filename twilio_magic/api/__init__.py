"""Twilio's Calls API from the caller's side: its parameters, its requests, its resources.

The same client serves a live account and the simulator; what differs is who carries the requests (:class:`Carrier`).
"""

from ._applications import Application
from ._calls import Call
from ._carrier import FINAL, Carrier
from ._client import Client
from ._credentials import Credentials
from ._error_codes import ErrorCode, error_codes
from ._parameters import Operation, Parameter, operation, operations
from ._transport import API_VERSION
from ._validation import Fault, Form, faults, ignored

__all__ = [
    "API_VERSION",
    "FINAL",
    "Application",
    "Call",
    "Carrier",
    "Client",
    "Credentials",
    "ErrorCode",
    "Fault",
    "Form",
    "Operation",
    "Parameter",
    "error_codes",
    "faults",
    "ignored",
    "operation",
    "operations",
]
