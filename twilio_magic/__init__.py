"""Twilio Programmable Voice in Jupyter: write TwiML in a cell, place calls, and hear them in an embedded simulator.

This page is the table of contents. Every name is loaded when it is first used, so that ``%load_ext twilio_magic`` and
``import twilio_magic`` are instant.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from IPython.core.interactiveshell import InteractiveShell

    from .api import (
        Application,
        Call,
        CallerId,
        Client,
        Conference,
        Credentials,
        Listing,
        Number,
        Participant,
        Queue,
        Recording,
        Request,
        Timeouts,
    )
    from .dialog import Dialog, DialogResult, dialogs
    from .errors import (
        AnswerTimedOut,
        ApiError,
        CredentialsError,
        DialogError,
        LiveCallRefused,
        MagicLineError,
        NoAnswerFromApi,
        NotInstalled,
        NotTheApi,
        NotXml,
        PastDiffers,
        PhoneScriptError,
        Rejected,
        RequestError,
        SimulatorError,
        TooManyRequests,
        TwilioFailed,
        TwilioMagicError,
        TwilioOutOfReach,
        TwimlError,
        Unfilled,
        UnknownHost,
        UnknownName,
        Unreachable,
        WaitingInsideWebhook,
    )
    from .ladder import Ladder
    from .maps import Coverage, CoverageReport, Map, MapProblem, explore
    from .notebook import client, exercise, exercises, simulator
    from .notebook.forms import branch_form, call_form, phone_form, twiml_form
    from .notebook.softphone import softphone, softphones
    from .populations import Population, simulate
    from .simulation import Notice, Person, Simulator, load, mock_twilio
    from .timeline import Event, Exchange, Line
    from .twiml import Document, Problem, check, explain, parse
else:
    from .front_door import open_front_door

    __getattr__, __dir__ = open_front_door(
        __name__,
        {
            ".api": (
                "Application, Call, CallerId, Client, Conference, Credentials, Listing, "
                "Number, Participant, Queue, Recording, Request, Timeouts"
            ),
            ".dialog": "Dialog, DialogResult, dialogs",
            ".errors": (
                "AnswerTimedOut, ApiError, CredentialsError, DialogError, LiveCallRefused, "
                "MagicLineError, NoAnswerFromApi, NotInstalled, NotTheApi, NotXml, "
                "PastDiffers, PhoneScriptError, Rejected, RequestError, SimulatorError, "
                "TooManyRequests, TwilioFailed, TwilioMagicError, TwilioOutOfReach, "
                "TwimlError, Unfilled, UnknownHost, UnknownName, Unreachable, "
                "WaitingInsideWebhook"
            ),
            ".ladder": "Ladder",
            ".maps": "Coverage, CoverageReport, Map, MapProblem, explore",
            ".notebook": "client, exercise, exercises, simulator",
            ".notebook.forms": "branch_form, call_form, phone_form, twiml_form",
            ".notebook.softphone": "softphone, softphones",
            ".populations": "Population, simulate",
            ".simulation": "Notice, Person, Simulator, load, mock_twilio",
            ".timeline": "Event, Exchange, Line",
            ".twiml": "Document, Problem, check, explain, parse",
        },
        renamed={"Patience": "Timeouts"},
    )

__version__ = "0.2.0"

__all__ = [
    "AnswerTimedOut",
    "ApiError",
    "Application",
    "Call",
    "CallerId",
    "Client",
    "Conference",
    "Coverage",
    "CoverageReport",
    "Credentials",
    "CredentialsError",
    "Dialog",
    "DialogError",
    "DialogResult",
    "Document",
    "Event",
    "Exchange",
    "Ladder",
    "Line",
    "Listing",
    "LiveCallRefused",
    "MagicLineError",
    "Map",
    "MapProblem",
    "NoAnswerFromApi",
    "NotInstalled",
    "NotTheApi",
    "NotXml",
    "Notice",
    "Number",
    "Participant",
    "PastDiffers",
    "Person",
    "PhoneScriptError",
    "Population",
    "Problem",
    "Queue",
    "Recording",
    "Rejected",
    "Request",
    "RequestError",
    "Simulator",
    "SimulatorError",
    "Timeouts",
    "TooManyRequests",
    "TwilioFailed",
    "TwilioMagicError",
    "TwilioOutOfReach",
    "TwimlError",
    "Unfilled",
    "UnknownHost",
    "UnknownName",
    "Unreachable",
    "WaitingInsideWebhook",
    "branch_form",
    "call_form",
    "check",
    "client",
    "dialogs",
    "exercise",
    "exercises",
    "explain",
    "explore",
    "load",
    "mock_twilio",
    "parse",
    "phone_form",
    "simulate",
    "simulator",
    "softphone",
    "softphones",
    "twiml_form",
]


def load_ipython_extension(shell: InteractiveShell) -> None:
    """``%load_ext twilio_magic``: add the magics to *shell*."""
    from .notebook import install

    install(shell)


def unload_ipython_extension(shell: InteractiveShell) -> None:
    """``%unload_ext twilio_magic``: take away all that loading added."""
    from .notebook import uninstall

    uninstall(shell)
