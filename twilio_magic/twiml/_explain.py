"""Explaining a document in plain sentences, with the seconds that each part takes.

Seconds of speech are estimates (see `_speech`); all others are what the document says, or Twilio's
defaults.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ._speech import speech
from .documents._document import as_document
from .documents._listed import Sentences
from .language._vocabulary import vocabulary
from .rules._context import find_context

if TYPE_CHECKING:
    from collections.abc import Callable

    from .documents._document import Document, Twiml
    from .documents._element import Element
    from .language._rows import Context

_LONGEST = 80
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def explain(document: Twiml, *, context: str | None = None) -> Sentences:
    """Explain what happens when the document runs: a sentence for each verb, in order, and how it ends.

    *document* is text, bytes, a `Document`, or what our builder or the official SDK made. *context*
    says where it is run when that is not the call itself, as for `check`; without it, the document
    may know. Raises `NotXml` for what is not XML.
    """
    read = as_document(document)
    return Sentences(_list_sentences(read, find_context(context or read.context)))


def _list_sentences(read: Document, place: Context | None) -> list[str]:
    ringing = place is None  # as far as a document knows, the call rings until a verb answers it
    sentences: list[str] = []
    for index, verb in enumerate(read.verbs):
        sentences.append(_tell(verb, ringing=ringing))
        if _is_final(verb, place):
            rest = [f"<{later.name}>" for later in read.verbs[index + 1 :]]
            return sentences + ([f"Never reached: {', '.join(rest)}."] if rest else [])
        ringing = ringing and _leaves_ringing(verb)
    return [
        *sentences,
        f"Nothing is left to run, so {place.ending if place else 'the call is hung up'}.",
    ]


def _is_final(verb: Element, place: Context | None) -> bool:
    if verb.row is None:
        return False
    ending = vocabulary().endings[verb.row.ends]
    return ending.is_final(verb.attributes.get, waiting=place is not None and place.waiting)


def _leaves_ringing(verb: Element) -> bool:
    text = "".join(each.text for each in verb.descend())
    return verb.row is None or verb.row.leaves_ringing(verb.attributes.get, text)


def _tell(verb: Element, *, ringing: bool = False) -> str:
    if verb.row is None:
        return f"<{verb.name}> is no verb; Twilio skips it."
    if ringing and verb.name == "Pause":
        return f"Waits {_format_seconds(verb['length'])} before it answers."
    if verb.name == "Reject" and not ringing:
        return "Hangs up: the call is answered already, and <Reject> declines only one that rings."
    tell = _SENTENCES.get(verb.name)
    return tell(verb) if tell else f"<{verb.name}>: {verb.row.summary}"


def _quote(text: str) -> str:
    return f"“{text if len(text) <= _LONGEST else text[: _LONGEST - 1].rstrip() + '…'}”"


def _format_seconds(value: object) -> str:
    number = float(str(value))
    if number < 120:
        return f"{number:g} s"
    return f"{number / 60:g} min" if number < 7200 else f"{number / 3600:g} h"


def _format_loop(verb: Element) -> str:
    loop = verb["loop"]
    if loop == 0:
        return ", again and again (up to 1,000 times)"
    return "" if loop == 1 else f", {loop} times"


def _say(verb: Element) -> str:
    spoken = speech(verb)
    if not spoken.words:
        return "Says nothing."
    about = max(round(spoken.seconds), 1)
    return f"Says {_quote(spoken.text)}{_format_voice(verb)}, about {about} s{_format_loop(verb)}."


def _format_voice(verb: Element) -> str:
    """Name the voice and the language as far as the document chooses them."""
    chosen = [f"{verb[name]}" for name in ("voice", "language") if name in verb.attributes]
    spoken = _name_language(verb)
    return f" in {', '.join(chosen)}{spoken}" if chosen else ""


def _name_language(verb: Element) -> str:
    """Name the language of a voice where neither its name nor the document does, nor is it the usual one."""
    voice = vocabulary().voices.get(verb.attributes.get("voice", ""))
    usual = vocabulary().elements["Say"].attributes["language"].default
    if voice is None or voice.language in {None, usual} or "language" in verb.attributes:
        return ""
    return "" if str(voice.language) in voice.name else f" ({voice.language})"


def _play(verb: Element) -> str:
    digits = verb["digits"]
    if digits:
        return f"Sends the keys {digits}{_format_loop(verb)}."
    return f"Plays {verb.text}{_format_loop(verb)}."


def _pause(verb: Element) -> str:
    return f"Waits {_format_seconds(verb['length'])}."


def _tell_next(verb: Element, otherwise: str) -> str:
    action = verb["action"]
    return f"requests {action} ({verb.get('method', 'POST')})" if action else otherwise


def _gather(verb: Element) -> str:
    allowed = vocabulary().elements[verb.name].children
    known = vocabulary().elements
    told = (prompt for prompt in verb if prompt.name in allowed or prompt.name not in known)
    prompts = " ".join(map(_tell, told))
    kinds = verb["input"]
    wanted = [_name_keys(verb)] if isinstance(kinds, tuple) and "dtmf" in kinds else []
    if isinstance(kinds, tuple) and "speech" in kinds:
        wanted.append(f"speech ({verb['language']})")
    then = _tell_next(verb, "requests this document again")
    without = ", or goes on if nothing comes"
    if verb["actionOnEmptyResult"] is True:
        without = ", even if nothing comes"
    listening = (
        f"Waits {_format_seconds(verb['timeout'])} for {' or '.join(wanted)}; then {then}{without}."
    )
    return f"{prompts} {listening}".strip()


def _name_keys(verb: Element) -> str:
    number = verb["numDigits"]
    if isinstance(number, int):
        written = _NUMBERS[number] if number < len(_NUMBERS) else str(number)
        return f"{written} key" if number == 1 else f"{written} keys"
    finish = verb["finishOnKey"]
    return f"keys, up to {finish}" if finish else "keys"


def _dial(verb: Element) -> str:
    known = vocabulary().elements["Dial"].children
    parties = [_name_party(noun) for noun in verb if noun.name in known] or [verb.text]
    if not any(parties):
        return f"Calls nobody, because it names no number; then {_tell_next(verb, 'goes on')}."
    if any(noun.name in {"Conference", "Queue"} for noun in verb):
        return f"Connects the caller to {parties[0]}; then {_tell_next(verb, 'goes on')}."
    joint = ", then " if verb["sequential"] is True else ", "
    rings = f"rings for {_format_seconds(verb['timeout'])}"
    recorded = verb["record"]
    recording = "" if recorded in {"do-not-record", "false"} else ", and records it"
    return (
        f"Calls {joint.join(parties)} and {rings}{recording}; then {_tell_next(verb, 'goes on')}."
    )


def _name_party(noun: Element) -> str:
    name = noun.text or next((inner.text for inner in noun if inner.text), "")
    kind = {"Number": "", "Sip": ""}.get(noun.name, f"{noun.name.lower()} ")
    return f"{kind}{name}".strip()


def _record(verb: Element) -> str:
    beep = "After a beep, records" if verb["playBeep"] is True else "Records"
    keys = verb["finishOnKey"]
    every = vocabulary().elements["Record"].attributes["finishOnKey"].default
    key = "any key" if keys == every else f"{keys}"
    silence = verb["timeout"]
    stops = [f"{key} is pressed"] if keys else []
    stops += [f"{_format_seconds(silence)} of silence"] if silence else []
    until = f", until {' or '.join(stops)}" if stops else ""
    then = _tell_next(verb, "requests this document again")
    return f"{beep} up to {_format_seconds(verb['maxLength'])}{until}; then {then}."


def _redirect(verb: Element) -> str:
    if not verb.text:
        return "Starts this document again."
    return f"Goes on with the document at {verb.text} ({verb['method']})."


def _reject(verb: Element) -> str:
    return f"Declines the call without answering it ({verb['reason']})."


def _enqueue(verb: Element) -> str:
    queue = f"the queue {verb.text}" if verb.text else "a TaskRouter workflow"
    wait = verb["waitUrl"]
    hearing = f", hearing {wait}," if wait else ", hearing music,"
    return f"Puts the caller into {queue}{hearing} until somebody takes the call."


def _leave(_: Element) -> str:
    return "Leaves the queue; the document that had <Enqueue> goes on."


def _hangup(_: Element) -> str:
    return "Hangs up."


def _start(verb: Element) -> str:
    return f"Starts {_name_nouns(verb)} and goes on at once."


def _stop(verb: Element) -> str:
    return f"Stops {_name_nouns(verb)}."


def _name_nouns(verb: Element) -> str:
    named = [f"{noun.name} {noun.attributes.get('name', '')}".strip() for noun in verb]
    return " and ".join(named) or "nothing"


def _connect(verb: Element) -> str:
    noun = next(iter(verb), None)
    if noun is None:
        return "Connects to nothing."
    where = noun.attributes.get("url") or noun.text or noun.attributes.get("connectorName", "")
    target = f"{noun.name} {where}".strip()
    return f"Connects the call to {target} until that ends; then {_tell_next(verb, 'goes on')}."


def _sms(verb: Element) -> str:
    to = verb["to"] or "the caller"
    return f"Sends the text {_quote(verb.text)} to {to}."


def _pay(verb: Element) -> str:
    amount = verb["chargeAmount"]
    charge = f"charges {amount} {verb['currency']}" if amount else "takes the details"
    then = _tell_next(verb, "requests this document again")
    return f"Asks for a payment ({verb['paymentMethod']}) and {charge}; then {then}."


def _refer(verb: Element) -> str:
    return f"Transfers the SIP call to {', '.join(noun.text for noun in verb)}."


_SENTENCES: dict[str, Callable[[Element], str]] = {
    "Connect": _connect,
    "Dial": _dial,
    "Enqueue": _enqueue,
    "Gather": _gather,
    "Hangup": _hangup,
    "Leave": _leave,
    "Pause": _pause,
    "Pay": _pay,
    "Play": _play,
    "Record": _record,
    "Redirect": _redirect,
    "Refer": _refer,
    "Reject": _reject,
    "Say": _say,
    "Sms": _sms,
    "Start": _start,
    "Stop": _stop,
}
