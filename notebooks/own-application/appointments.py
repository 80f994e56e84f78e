"""The telephone of a doctor: it takes appointments by call, confirms them by text message, and answers such messages."""

from fastapi import FastAPI, Form, Response
from twilio.rest import Client
from twilio.twiml.messaging_response import MessagingResponse
from twilio.twiml.voice_response import VoiceResponse

TIMES = {"1": "nine o'clock", "2": "half past two"}

app = FastAPI()


def xml(answer):
    return Response(str(answer), media_type="text/xml")


@app.post("/voice")
async def voice():
    answer = VoiceResponse()
    gather = answer.gather(num_digits=1, action="/key")
    gather.say("Doctor Mills. For nine o'clock, press 1. For half past two, press 2.")
    answer.say("We heard nothing. Goodbye.")
    return xml(answer)


@app.post("/key")
def key(Digits: str = Form(), From: str = Form(), To: str = Form()):
    time = TIMES[Digits]
    Client().messages.create(to=From, from_=To, body=f"See you tomorrow at {time}.")
    answer = VoiceResponse()
    answer.say(f"You are expected at {time}.")
    return xml(answer)


@app.post("/sms")
async def sms(Body: str = Form()):
    answer = MessagingResponse()
    answer.message(f"The doctor has read: {Body}")
    return xml(answer)
