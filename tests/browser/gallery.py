"""One notebook with everything that this package shows."""

from __future__ import annotations

from .cells import GREETING, LOAD, WITH_SOURCE

BAKERY = """\
import twilio_magic as tm

simulator = tm.simulator()

@simulator.webhook("https://bakery.example.com/menu")
def menu():
    return '''<Response>
  <Gather numDigits="1" action="/chosen"><Say>Press 1 for bread, 2 for cake.</Say></Gather>
</Response>'''

@simulator.webhook("https://bakery.example.com/chosen")
def chosen(request):
    return '''<Response>
  <Say>How many loaves? Speak after the beep.</Say>
  <Record maxLength="5" finishOnKey="#" action="/ordered"/>
</Response>'''

@simulator.webhook("https://bakery.example.com/ordered")
def ordered():
    return "the oven is cold", 500

simulator.phones["+14155550100"] = "ring 2; answer; say 'This is Bob.'; wait 9; hang up"
"""
RECORDED = (
    "%call +13105555555 --from +12125551234 --url https://bakery.example.com/menu "
    "--status-callback https://ops.example.com/status "
    """--phone "answer; press 1; say 'Two loaves of rye, please.'; wait 1; press #" """
)
BUSY = '%call +13105555555 --from +12125551234 --twiml greeting --phone "busy"'
DIALED = """\
%%call +13105555555 --from +12125551234 --phone "answer; wait 9; say 'Is that Bob?'; wait 9"
<Response><Say>One moment.</Say><Dial>+14155550100</Dial></Response>"""
AGENT = """\
@simulator.agent("wss://agent.example.com/ws")
def bakery(prompt):
    return "We are open from nine to five. On Sundays we are closed."

simulator.phones["+13105550101"] = '''answer; hear "help you"; say "When do you open?"; hear "We are open"
say "And on Sundays, please?"; hear "closed"; hang up'''
relay = '<ConversationRelay url="wss://agent.example.com/ws" welcomeGreeting="How can I help you?"/>'
tm.client().calls.create(
    to="+13105550101", from_="+12125551234", twiml=f"<Response><Connect>{relay}</Connect></Response>"
).wait()
"""
LADDER = "_.ladder()"
TABLE = "%calls"
NOTHING = "%calls --status failed"
DRY = "%call +13105555555 --from +12125551234 --twiml greeting --record --dry-run"
STATUS = "%twilio"
CODE = "%call +13105555555 --from +12125551234 --twiml greeting --as curl"
WELL = "%call +13105555555 --from +12125551234 --twiml greeting --phone 'answer; press 1; hang up'"

#: Names of what is shown, and the cells that show it; none of them fails.
SHOWN = {
    "document": GREETING,
    "document with its source": WITH_SOURCE,
    "recorded call": RECORDED,
    "ladder": LADDER,
    "dialed call": DIALED,
    "ladder of several legs": "_.ladder()  # of the dialed call",
    "busy call": BUSY,
    "call": WELL,
    "ladder of two calls": "_.ladder(tm.client().calls[1])",
    "call with an agent": AGENT,
    "table": TABLE,
    "empty table": NOTHING,
    "request": DRY,
    "code": CODE,
    "status": STATUS,
    "timeline": "tm.client().calls[1].timeline",
    "transcript": "tm.client().calls[1].transcript",
    "requests": "tm.client().calls.list(to='+13105555555')[-1].webhooks",
    "check": "tm.check('<Response><Sya/><Say voice=\"x\"/></Response>')",
    "nothing wrong": "tm.check('<Response><Say>Hi</Say></Response>')",
    "explanation": "tm.explain('<Response><Say>Hi</Say></Response>')",
    "recording": "tm.client().recordings.list()[0]",
    "faults": "%twilio fault https://bakery.example.com/menu status=500",
    "simulator": "simulator",
    "phones": "%phone Ann = +13105550101: answer\n%phone",
    "numbers": "%number +12125551234 greeting",
    "mounts": "%mount",
    "queued call": "%call +13105555555 --from +12125551234 --twiml greeting --no-wait",
}
CELLS = (LOAD, BAKERY, *SHOWN.values())

REFUSED = """\
%%twiml
<Response>
  <Gather numDigit="1" timeout="-5">
    <Say language="xx">Press 1.</Say>
  </Gather>
  <Record/>
  <Play>ftp://files.example.com/tune.mp3</Play>
</Response>"""
API_ERROR = 'tm.client().calls.fetch("CA" + "0" * 32)'
REQUEST_ERROR = "%call 555 --from +12125551234 --twiml greeting"

#: What is shown to who made a mistake; each stops a run, so it is written below the cells.
MISTAKES = {"refused document": REFUSED, "API error": API_ERROR, "request error": REQUEST_ERROR}
PLACE = {name: place for place, name in enumerate([*SHOWN, *MISTAKES], CELLS.index(GREETING))}
