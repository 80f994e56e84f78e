"""Calls whoever is on call about an alert, which keys acknowledge, close or decline; again where it was busy."""

from __future__ import annotations

from flask import Flask, request
from twilio.rest import Client


def create_app() -> Flask:
    """The application, made anew."""
    app = Flask("on call")

    @app.post("/alert")
    def alert() -> str:
        count = int(request.args.get("count", 1))
        about = request.args.get("about") or "No summary provided"
        told = f"{count} unacknowledged alerts" if count > 1 else about
        return (
            f"<Response><Gather numDigits='1' action='/key?count={count}'><Say>The pager has an alert: {told}. "
            "To acknowledge, press 4. To close, press 6. To be called no more, press 1.</Say></Gather></Response>"
        )

    @app.post("/key")
    def key() -> str:
        several = "all alerts" if int(request.args.get("count", 1)) > 1 else "the alert"
        said = {"4": f"You acknowledged {several}.", "6": f"You closed {several}."}
        if request.form["Digits"] == "1":
            return (
                "<Response><Gather numDigits='1' action='/leave'><Say>To confirm that you leave, press 3.</Say>"
                "</Gather></Response>"
            )
        return f"<Response><Say>{said.get(request.form['Digits'], 'There is no such key')} Goodbye.</Say></Response>"

    @app.post("/leave")
    def leave() -> str:
        return "<Response><Say>You will hear no more of us. Goodbye.</Say></Response>"

    @app.post("/code")
    def code() -> str:
        digits = " ".join("271828")
        return (
            f"<Response><Say>Your six-digit code: {digits}. Once more: {digits}.</Say></Response>"
        )

    @app.post("/over")
    def over() -> str:
        if request.form["CallStatus"] == "busy":
            Client().calls.create(
                to=request.form["To"],
                from_=request.form["From"],
                url=f"{request.host_url}alert?about=testing",
                status_callback=request.url,
            )
        return ""

    return app
