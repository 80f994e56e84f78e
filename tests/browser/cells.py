"""The cells of the story that the front page tells, and that several tests look at."""

from __future__ import annotations

LOAD = "%load_ext twilio_magic"
FIRST_CALL = "%call +13105555555 --from +12125551234 --url https://demo.twilio.com/welcome/voice/"
GREETING = """\
%%twiml greeting
<Response>
  <!-- the first thing that a caller hears -->
  <Say voice="Polly.Joanna">Welcome to the bakery.</Say>
  <Gather numDigits="1" timeout="5">
    <Say>Press 1 for bread.</Say>
  </Gather>
  <Say>Goodbye.</Say>
</Response>"""
SECOND_CALL = (
    '%call +13105555555 --from +12125551234 --twiml greeting --phone "answer; press 1; hang up"'
)
WITH_SOURCE = GREETING.replace("greeting", "greeting --source", 1)
STORY = (LOAD, FIRST_CALL, GREETING, SECOND_CALL, WITH_SOURCE)
