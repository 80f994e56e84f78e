"""Cells whose text would take over the page if any of it became markup.

Every hostile element carries ``data-hostile``, and every hostile script sets ``window.__pwned``.
"""

from __future__ import annotations

from urllib.parse import quote
from xml.sax.saxutils import escape

from .cells import LOAD

SCRIPT = '<script data-hostile="">window.__pwned = 1</script>'
IMAGE = '<img data-hostile="" src="x" onerror="window.__pwned = 1"/>'
SPOKEN = escape(SCRIPT)
BREAKING_OUT = escape(f'">{IMAGE}', {'"': "&quot;"})
DOWN = "https://ivr.example.com/down"
QUERY = "<img/data-hostile/src=x/onerror=window.__pwned=1>"
REVERSING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
REVERSED = "\u202egpj.exe\u202c \u2066isolated\u2069"

WEBHOOK = f"""\
import twilio_magic as tm

@tm.simulator().webhook("{DOWN}")
def down():
    return '''<html><body>{IMAGE}{SCRIPT}</body></html>''', 500"""
DOCUMENT = f"""\
%%twiml hostile --source
<Response>
  <!-- {SCRIPT} {IMAGE} ]]> -->
  <Say voice="{BREAKING_OUT}">{SPOKEN} ]]&gt; &amp;lt;b data-hostile&amp;gt;</Say>
  <Say>{REVERSED} &#x202e;gpj.exe &#60;b data-hostile=''&#62;bold&#60;/b&#62;</Say>
  <Say><![CDATA[{IMAGE}]]></Say>
  <Gather numDigits="1" action="{DOWN}?{quote(QUERY)}"><Say>{SPOKEN}</Say></Gather>
</Response>"""
CALL = (
    "%call +13105555555 --from +12125551234 --twiml hostile "
    f"--phone 'answer; say “{SCRIPT}”; press 1; hang up'"
)
CALL_OF_WEBHOOK = f"%call +13105555555 --from +12125551234 --url '{DOWN}?{QUERY}'"
REFUSED = f"tm.parse('''<Response>{SCRIPT}<Say {IMAGE[5:-2]}>Hi</Say></Response>''')"
NOT_XML = f"tm.parse('''<Response>{IMAGE}{SCRIPT}</Say>''')"

WEBHOOKS = "_.webhooks"
LADDER = "tm.client().calls[0].ladder()"
LOGGED = "tm.client().calls[0].notifications.list()"

CELLS = (
    *(LOAD, WEBHOOK, DOCUMENT, CALL, CALL_OF_WEBHOOK, WEBHOOKS, LADDER, LOGGED, REFUSED, NOT_XML),
)
SHOWN = CELLS[2:]
