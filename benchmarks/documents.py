"""Documents for the benchmarks, no two of which are the same: clean, with one advice, or with errors; of any size.

Words, numbers and addresses are new in each document, so that nothing can be remembered but what real documents
repeat, such as ``timeout="5"``. They are one line, as libraries write them, or many, as people do.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Literal

Kind = Literal["clean", "advice", "errors"]
KINDS: tuple[Kind, ...] = ("clean", "advice", "errors")

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_VOICES = ("Polly.Joanna", "Polly.Matthew", "Google.en-US-Chirp3-HD-Aoede", "man")
#: How often something is wrong in a document with errors: in one verb of so many.
_WRONG = 4


def write_document(kind: Kind, size: int, number: int, *, lines: bool = False) -> str:
    """Write document *number* of its *kind*, with about *size* characters; in one line, or in many *lines*."""
    chance = Random(f"{kind} {size} {number}")  # noqa: S311 - it is the same each time
    verbs = ["<Response>"]
    length = sum(map(len, (*verbs, *_END[kind])))
    while length < size - _USUAL or len(verbs) < 2:
        wrong = kind == "errors" and len(verbs) % _WRONG == 1
        verbs.append(chance.choice(_WRONG_VERBS if wrong else _VERBS)(chance))
        length += len(verbs[-1])
    return ("\n" if lines else "").join((*verbs, *_END[kind]))


def _words(chance: Random) -> str:
    """A sentence of words that stand nowhere else."""
    many = chance.randrange(8, 16)
    words = ("".join(chance.choices(_LETTERS, k=chance.randrange(2, 9))) for _ in range(many))
    return f"{' '.join(words)}.".capitalize()


def _number(chance: Random) -> str:
    return f"+1415{chance.randrange(2_000_000, 9_999_999)}"


def _url(chance: Random, scheme: str = "https") -> str:
    return (
        f"{scheme}://ivr.example.com/{chance.randrange(1_000_000)}/next?step={chance.randrange(99)}"
    )


def _say(chance: Random) -> str:
    return f'<Say voice="{chance.choice(_VOICES)}" language="en-US">{_words(chance)}</Say>'


def _speak(chance: Random) -> str:
    """A ``<Say>`` with SSML in it."""
    return f'<Say voice="Polly.Joanna">{_words(chance)}<break time="500ms"/>{_words(chance)}</Say>'


def _gather(chance: Random) -> str:
    return (
        f'<Gather input="dtmf speech" numDigits="1" timeout="{chance.randrange(3, 9)}" action="{_url(chance)}" '
        f'hints="{_words(chance)[:60]}"><Say>{_words(chance)}</Say><Pause length="1"/>'
        f"<Play>{_url(chance)}</Play></Gather>"
    )


def _dial(chance: Random) -> str:
    return (
        f'<Dial timeout="20" timeLimit="3600" callerId="{_number(chance)}" answerOnBridge="true">'
        f'<Number statusCallback="{_url(chance)}" statusCallbackEvent="initiated completed">{_number(chance)}</Number>'
        f"<Client>{_words(chance)[:-1].replace(' ', '-')}</Client></Dial>"
    )


def _stream(chance: Random) -> str:
    media = _url(chance, "wss").partition("?")[0]
    return (
        f'<Start><Stream url="{media}" track="both_tracks">'
        f'<Parameter name="caller" value="{_words(chance)}"/></Stream></Start>'
    )


def _misspelled_voice(chance: Random) -> str:
    return f'<Say voice="Poly.{"".join(chance.choices(_LETTERS, k=6))}">{_words(chance)}</Say>'


def _misspelled_verb(chance: Random) -> str:
    return f"<Sey>{_words(chance)}</Sey>"


def _misspelled_attribute(chance: Random) -> str:
    return f'<Gather acton="{_url(chance)}" timeout="5"><Say>{_words(chance)}</Say></Gather>'


def _wrong_value(chance: Random) -> str:
    return f'<Pause length="{chance.randrange(2, 9)} seconds"/>'


_Verb = Callable[[Random], str]
_VERBS: tuple[_Verb, ...] = (_say, _say, _speak, _gather, _dial, _stream)
_WRONG_VERBS: tuple[_Verb, ...] = (
    _misspelled_voice,
    _misspelled_verb,
    _misspelled_attribute,
    _wrong_value,
)
#: How a document ends; what comes after a Redirect is never reached, and that is one advice.
_END: dict[Kind, tuple[str, ...]] = {
    "clean": ("<Hangup/>", "</Response>"),
    "advice": ("<Redirect/>", "<Hangup/>", "</Response>"),
    "errors": ("<Hangup/>", "</Response>"),
}
_USUAL = 150  # characters of a verb, half of them: where a document stops growing
