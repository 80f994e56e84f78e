"""Twilio's Calls API from the caller's side: its parameters, its requests, its resources.

The same client serves a live account and the simulator; what differs is what answers the requests (:class:`Backend`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ._client import Client
    from ._guard import UNATTENDED, Guard
    from ._live import Live
    from .requests._call_options import add_call_options, call_parameters, explain_missing
    from .requests._curl import CurlCommand, is_curl, parse_curl
    from .requests._error_codes import (
        CodeName,
        ErrorCase,
        ErrorCode,
        error_code,
        error_codes,
        magic_code,
    )
    from .requests._moments import is_day, read_moment
    from .requests._operations import operation, operations
    from .requests._options import add_options, as_parameters, options_given, raw_pairs
    from .requests._parameters import Operation, Parameter
    from .requests._reference import reference
    from .requests._request import API_HOST, API_VERSION, Request, account_url
    from .requests._resources import ResourceType, resource_types
    from .requests._script_secrets import mask_script, mask_tokens
    from .requests._snippets import LANGUAGES, Code, code
    from .requests._validation import Form, find_ignored, find_invalid, refuse_invalid
    from .requests._wrong_values import InvalidParameter
    from .resources._account import Account
    from .resources._applications import Application
    from .resources._call_subresources import CallEvent, CallRecording, Notification
    from .resources._calls import Call
    from .resources._conferences import Conference, Member, Participant, Queue
    from .resources._listing import Listing
    from .resources._numbers import CallerId, Number, Validation
    from .resources._recordings import Recording
    from .resources._resource import Resource
    from .transport._backend import FINAL, Backend, PlacedCall
    from .transport._credentials import Credentials
    from .transport._timeouts import Timeouts
    from .transport._transport import Permit, Record, is_sending
else:
    from ..front_door import open_front_door

    __getattr__, __dir__ = open_front_door(
        __name__,
        {
            "._client": "Client",
            "._guard": "UNATTENDED, Guard",
            "._live": "Live",
            ".requests._call_options": "add_call_options, call_parameters, explain_missing",
            ".requests._curl": "CurlCommand, is_curl, parse_curl",
            ".requests._error_codes": (
                "CodeName, ErrorCase, ErrorCode, error_code, error_codes, magic_code"
            ),
            ".requests._moments": "is_day, read_moment",
            ".requests._operations": "operation, operations",
            ".requests._options": "add_options, as_parameters, options_given, raw_pairs",
            ".requests._parameters": "Operation, Parameter",
            ".requests._reference": "reference",
            ".requests._request": "API_HOST, API_VERSION, Request, account_url",
            ".requests._resources": "ResourceType, resource_types",
            ".requests._script_secrets": "mask_script, mask_tokens",
            ".requests._snippets": "LANGUAGES, Code, code",
            ".requests._validation": "Form, find_ignored, find_invalid, refuse_invalid",
            ".requests._wrong_values": "InvalidParameter",
            ".resources._account": "Account",
            ".resources._applications": "Application",
            ".resources._call_subresources": "CallEvent, CallRecording, Notification",
            ".resources._calls": "Call",
            ".resources._conferences": "Conference, Member, Participant, Queue",
            ".resources._listing": "Listing",
            ".resources._numbers": "CallerId, Number, Validation",
            ".resources._recordings": "Recording",
            ".resources._resource": "Resource",
            ".transport._backend": "FINAL, Backend, PlacedCall",
            ".transport._credentials": "Credentials",
            ".transport._timeouts": "Timeouts",
            ".transport._transport": "Permit, Record, is_sending",
        },
    )

__all__ = [
    "API_HOST",
    "API_VERSION",
    "FINAL",
    "LANGUAGES",
    "UNATTENDED",
    "Account",
    "Application",
    "Backend",
    "Call",
    "CallEvent",
    "CallRecording",
    "CallerId",
    "Client",
    "Code",
    "CodeName",
    "Conference",
    "Credentials",
    "CurlCommand",
    "ErrorCase",
    "ErrorCode",
    "Form",
    "Guard",
    "InvalidParameter",
    "Listing",
    "Live",
    "Member",
    "Notification",
    "Number",
    "Operation",
    "Parameter",
    "Participant",
    "Permit",
    "PlacedCall",
    "Queue",
    "Record",
    "Recording",
    "Request",
    "Resource",
    "ResourceType",
    "Timeouts",
    "Validation",
    "account_url",
    "add_call_options",
    "add_options",
    "as_parameters",
    "call_parameters",
    "code",
    "error_code",
    "error_codes",
    "explain_missing",
    "find_ignored",
    "find_invalid",
    "is_curl",
    "is_day",
    "is_sending",
    "magic_code",
    "mask_script",
    "mask_tokens",
    "operation",
    "operations",
    "options_given",
    "parse_curl",
    "raw_pairs",
    "read_moment",
    "reference",
    "refuse_invalid",
    "resource_types",
]
