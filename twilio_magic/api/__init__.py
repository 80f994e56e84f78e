"""Twilio's Calls API from the caller's side: its parameters, its requests, its resources.

The same client serves a live account and the simulator; what differs is who carries the requests (:class:`Carrier`).
"""

from ._account import Account
from ._applications import Application
from ._call_parts import CallEvent, CallRecording, Notification
from ._calls import Call
from ._carrier import FINAL, Carrier, Live
from ._client import Client
from ._code import LANGUAGES, Code, code
from ._credentials import Credentials
from ._curl import CurlCommand, curl, is_curl, token_in
from ._error_codes import ErrorCode, error_codes
from ._gatherings import Conference, Member, Participant, Queue
from ._guard import UNATTENDED, Guard
from ._listing import Listing
from ._numbers import CallerId, Number, Validation
from ._options import add_options, as_parameters, options_given, raw_pairs
from ._parameters import Operation, Parameter, operation, operations
from ._patience import Patience
from ._recordings import Recording
from ._reference import reference
from ._request import API_VERSION, Request
from ._resource import Resource
from ._transport import Permit
from ._validation import Fault, Form, faults, ignored

__all__ = [
    "API_VERSION",
    "FINAL",
    "LANGUAGES",
    "UNATTENDED",
    "Account",
    "Application",
    "Call",
    "CallEvent",
    "CallRecording",
    "CallerId",
    "Carrier",
    "Client",
    "Code",
    "Conference",
    "Credentials",
    "CurlCommand",
    "ErrorCode",
    "Fault",
    "Form",
    "Guard",
    "Listing",
    "Live",
    "Member",
    "Notification",
    "Number",
    "Operation",
    "Parameter",
    "Participant",
    "Patience",
    "Permit",
    "Queue",
    "Recording",
    "Request",
    "Resource",
    "Validation",
    "add_options",
    "as_parameters",
    "code",
    "curl",
    "error_codes",
    "faults",
    "ignored",
    "is_curl",
    "operation",
    "operations",
    "options_given",
    "raw_pairs",
    "reference",
    "token_in",
]
