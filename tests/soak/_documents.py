"""Documents that make calls meet, wait, record and go wrong."""

from __future__ import annotations

from random import Random

from ._hostile import hostile_url

#: Numbers that answer, each in its own way.
PHONES = {
    "+13105550101": "answer; wait 30; hang up",
    "+13105550102": "ring 4; answer; say 'This is Bob.'; wait 3; hang up",
    "+13105550103": "busy",
    "+13105550104": 'machine "Leave a message."',
    "+13105550105": "answer; press 12#; wait 20; hang up",
    "+13105550106": "no answer",
}
_VERBS = (
    "<Say>Hello there.</Say>",
    "<Pause length='3'/>",
    "<Play digits='1w2'/>",
    "<Gather numDigits='1' timeout='3'><Say>Press a key.</Say></Gather>",
    "<Gather input='speech dtmf' action='{url}'><Pause/></Gather>",
    "<Gather><Record/></Gather>",
    "<Record timeout='2' maxLength='5'/>",
    "<Record action='{url}' recordingStatusCallback='{url}'/>",
    "<Dial timeout='9'>{phone}</Dial>",
    "<Dial action='{url}'><Number url='{url}'>{phone}</Number><Client>ann</Client></Dial>",
    "<Dial record='record-from-answer-dual'>{phone}</Dial>",
    "<Dial><Conference>{room}</Conference></Dial>",
    "<Dial><Conference waitUrl='{url}' statusCallback='{url}'>{room}</Conference></Dial>",
    "<Dial><Queue>{room}</Queue></Dial>",
    "<Enqueue waitUrl='{url}'>{room}</Enqueue>",
    "<Redirect>{url}</Redirect>",
    "<Play>{url}</Play>",
    "<Start><Transcription statusCallbackUrl='{url}'/></Start>",
    "<Nonsense/>",
    "<Hangup/>",
    "<Reject/>",
)


def document(random: Random) -> str:
    """One to four verbs, in any order."""
    verbs = random.choices(_VERBS, k=random.randint(1, 4))
    return f"<Response>{''.join(_fill(verb, random) for verb in verbs)}</Response>"


def _fill(verb: str, random: Random) -> str:
    places = {"phone": random.choice([*PHONES]), "room": random.choice("abc")}
    return verb.format(url=hostile_url(random), **places)
