"""Reads back the keys that callers press, some of them after it has looked something up."""

from __future__ import annotations

from flask import Flask, request

ASK = "<Gather numDigits='{}' action='/number'><Say>Please enter a number.</Say></Gather>"
app = Flask("read back")


@app.post("/")
def menu() -> str:
    return (
        "<Response><Gather numDigits='1' action='/choice'><Say>Press 1 for keys, 3 for a search, 4 for a long one."
        "</Say></Gather></Response>"
    )


@app.post("/choice")
def choice() -> str:
    seconds = {"1": 0, "3": 2, "4": 15}[request.form["Digits"]]
    wait = f"<Say>Please wait while we search.</Say><Pause length='{seconds}'/>" if seconds else ""
    return f"<Response>{wait}{ASK.format(3 if seconds else 10)}</Response>"


@app.post("/number")
def number() -> str:
    return f"<Response><Say>You entered the values {request.form['Digits']}.</Say></Response>"
