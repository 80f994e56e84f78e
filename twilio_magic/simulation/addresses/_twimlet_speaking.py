"""The Twimlets that speak, listen and gather callers: message, menu, voicemail, holdmusic and conference."""

from __future__ import annotations

import logging
from hashlib import sha256
from typing import TYPE_CHECKING

from ._music import STYLES, music_of
from ._twimlet_document import Redirected, add_element, add_message, response, with_query
from ._twimlet_request import TwimletRequest, digits_of

if TYPE_CHECKING:
    from ...twiml import Node

_LOG = logging.getLogger("twilio_magic.addresses")


def speak_message(request: TwimletRequest) -> Node:
    """Say or play each ``Message``."""
    document = response()
    for each in request.texts("Message"):
        add_message(document, each, request.text("Voice"), request.text("Language"))
    return document


def offer_menu(request: TwimletRequest) -> Node | Redirected:
    """Say ``Message`` and go where ``Options[key]`` leads, for the key that is pressed; ask again without one."""
    options, digits = request.table("Options"), request.text("Digits")
    if digits in options:
        return Redirected(options[digits])
    document = response()
    if digits:
        add_element(document, "Say", "I'm sorry, that wasn't a valid option.")
    gather = add_element(document, "Gather", numDigits=max([1, *map(len, options)]))
    add_message(gather, request.text("Message"), request.text("Voice"), request.text("Language"))
    add_element(document, "Redirect")
    return document


def play_hold_music(request: TwimletRequest) -> Node:
    """Play the files of ``Bucket`` again and again, with ``Message`` after each. The order is always the same here."""
    document = response()
    bucket = request.text("Bucket")
    files = music_of(bucket)
    if not bucket:
        add_element(document, "Say", "A bucket of music is required.")
    elif not files:
        add_element(
            document, "Say", "The simulator has the hold music of Twilio's own buckets only."
        )
    for url in files:
        add_element(document, "Play", url)
        add_message(document, request.text("Message"), request.text("Voice"))
    if files:
        add_element(document, "Redirect")
    return document


def take_voicemail(request: TwimletRequest) -> Node | None:
    """Say ``Message`` and record. What Twilio would send to ``Email`` is a line in the log, and nothing is sent."""
    if request.text("TranscriptionStatus"):
        _log_mail(request)
        return None
    document = response()
    is_transcribed = request.text("Transcribe", "true").lower() == "true"
    if request.text("RecordingUrl"):
        add_element(document, "Say", "Thanks. Good bye.")
        add_element(document, "Hangup")
        if not is_transcribed:
            _log_mail(request)
        return document
    words = request.text("Message", "Please leave a message after the beep.")
    add_message(document, words, request.text("Voice"), request.text("Language"))
    callback = with_query(request.path, ("Email", request.text("Email")))
    add_element(
        document,
        "Record",
        transcribe="true" if is_transcribed else None,
        transcribeCallback=callback if is_transcribed else None,
    )
    return document


def _log_mail(request: TwimletRequest) -> None:
    _LOG.info(
        "The voicemail Twimlet would mail to %s now: a message from %s, %s. %s",
        request.text("Email", "nobody"),
        request.caller,
        request.text("RecordingUrl"),
        request.text("TranscriptionText"),
    )


def join_conference(request: TwimletRequest) -> Node:
    """Join the conference ``Name``, after ``Password`` if there is one; one of ``Moderators`` begins it."""
    document = response()
    password = request.text("Password")
    if password and request.text("Digits") != password:
        gather = add_element(document, "Gather", numDigits=max(3, len(password)))
        add_element(gather, "Say", "Please enter your conference pass code")
        add_element(document, "Redirect")
        return document
    words, moderators = request.text("Message"), request.texts("Moderators")
    ends = {digits_of(request.caller), digits_of(request.callee)}
    is_moderator = bool(ends & set(map(digits_of, moderators)))
    if moderators and not is_moderator and request.text("EnableSmsNotifications"):
        for moderator in moderators:
            add_element(
                document, "Sms", f"{request.caller} has entered your conference.", to=moderator
            )
    add_message(document, words or "You are now entering the conference line.")
    add_element(
        add_element(document, "Dial"),
        "Conference",
        request.text("Name") or sha256("".join([words, *moderators]).encode()).hexdigest()[:32],
        startConferenceOnEnter=str(is_moderator).lower() if moderators else None,
        **_music(request.text("Music")),
    )
    return document


def _music(style: str) -> dict[str, str]:
    """What those who wait hear: the music of a *style*, or the address of a document."""
    if style in STYLES:
        url = with_query("http://twimlets.com/holdmusic", ("Bucket", STYLES[style]))
    else:
        url = style if style.lower().startswith("http") else ""
    return {"waitUrl": url, "waitMethod": "GET"} if url else {}
