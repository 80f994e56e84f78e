"""Forms for calls, documents and phones, made of plain ipywidgets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ._branch_form import BranchForm
from ._call_form import CallForm
from ._notebook import unwatch
from ._phone_form import PhoneForm
from ._twiml_form import TwimlForm

if TYPE_CHECKING:
    from ...api import Call
    from ...twiml import Twiml

__all__ = [
    "BranchForm",
    "CallForm",
    "PhoneForm",
    "TwimlForm",
    "branch_form",
    "call_form",
    "phone_form",
    "twiml_form",
    "unwatch",
]


def call_form() -> CallForm:
    """A form that places a call: who is called, what they hear, and every parameter of the Calls API.

    It shows the same call as a ``%call`` line, as curl and as Python while it is filled in. *Simulate* places it in the
    simulator; in live mode there is also a button that places it for real, after asking. ``form.call`` is the call
    that was placed last.
    """
    return CallForm()


def branch_form(call: Call) -> BranchForm:
    """A form that takes another key at a Gather of *call*, and shows the calls that come of it side by side.

    Beside each Gather there is a field for the key, or for the steps of a phone, and a button. What the application has
    answered by then it is not asked again: see ``call.fork``. ``form.branches`` has the calls.
    """
    return BranchForm(call)


def twiml_form(document: Twiml | None = None) -> TwimlForm:
    """A form that builds a document verb by verb, or edits *document*; it shows the preview and the problems.

    ``form.document`` is the document as it is; *Write to a cell* makes a ``%%twiml`` cell of it. Nothing in
    *document* gets lost: comments, blanks, CDATA and unknown elements stay as they are written. Raises
    :class:`NotXml` for a text that is not XML.
    """
    return TwimlForm(document)


def phone_form() -> PhoneForm:
    """A form that gives phones of the simulator their scripts, with ready-made ones to begin from.

    A script is checked while it is typed; the phones that have one are listed, to be edited or removed.
    """
    return PhoneForm()
