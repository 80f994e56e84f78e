"""Twilio's Calls API from the caller's side: its parameters, its requests, its resources.

The same client serves a live account and the simulator; what differs is who carries the requests (:class:`Carrier`).
"""

from ._client import Client
from ._guard import UNATTENDED, Guard
from .requests._curl import CurlCommand, curl, is_curl, token_in
from .requests._error_codes import ErrorCode, error_codes
from .requests._options import add_options, as_parameters, options_given, raw_pairs
from .requests._parameters import Operation, Parameter, operation, operations
from .requests._reference import reference
from .requests._request import API_VERSION, Request
from .requests._snippets import LANGUAGES, Code, code
from .requests._validation import Fault, Form, faults, ignored
from .resources._account import Account
from .resources._applications import Application
from .resources._call_subresources import CallEvent, CallRecording, Notification
from .resources._calls import Call
from .resources._conferences import Conference, Member, Participant, Queue
from .resources._listing import Listing
from .resources._numbers import CallerId, Number, Validation
from .resources._recordings import Recording
from .resources._resource import Resource
from .transport._backend import FINAL, Carrier, Live
from .transport._credentials import Credentials
from .transport._retry import Patience
from .transport._transport import Permit

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
