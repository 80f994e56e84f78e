"""The IVR of a bakery, with five webhooks, that dialogs are held with."""

from __future__ import annotations

from flask import Flask, request

MENU = "For sales, press 1. For support, press 2. To speak, press 3. To leave a message, press 4."


def create_app() -> Flask:
    """The application, made anew."""
    app = Flask("bakery")
    app.config["callers"] = 0

    @app.post("/voice")
    def voice() -> str:
        app.config["callers"] += 1
        menu = f"<Gather numDigits='1' action='/key'><Say>{MENU}</Say></Gather>"
        return f"<Response>{menu}<Say>Goodbye.</Say></Response>"

    @app.post("/key")
    def key() -> str:
        return {
            "1": "<Response><Say>One moment.</Say><Dial timeout='20' action='/dialed'>+13105551111</Dial></Response>",
            "2": "<Response><Gather numDigits='4' action='/ticket'><Say>Your ticket number?</Say></Gather></Response>",
            "3": "<Response><Gather input='speech' action='/words' speechTimeout='1'>"
            "<Say>What?</Say></Gather></Response>",
            "4": "<Response><Say>After the beep.</Say><Record maxLength='9' timeout='2' action='/bye'/></Response>",
        }[request.form["Digits"]]

    @app.post("/ticket")
    def ticket() -> str:
        return f"<Response><Say>{request.form['Digits']} is being worked on.</Say></Response>"

    @app.post("/words")
    def words() -> str:
        said = request.form["SpeechResult"]
        sms = f"<Sms to='+14155550100' from='+12125551234'>{said}</Sms>"
        return f"<Response><Say>You said: {said}.</Say>{sms}</Response>"

    @app.post("/dialed")
    def after_dial() -> str:
        return f"<Response><Say>The bakery was {request.form['DialCallStatus']}.</Say></Response>"

    @app.post("/bye")
    def bye() -> str:
        return f"<Response><Say>Caller {app.config['callers']}, goodbye.</Say></Response>"

    return app


app = create_app()
