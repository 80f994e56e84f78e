"""Which operations of Twilio's description a live client asks a person about, and why, or why not.

Whatever creates, changes or removes something asks, unless it is known to be harmless.
"""

from __future__ import annotations

#: What costs money: the end of a sentence that begins with "This".
COSTS = {
    "accounts.create": "makes a sub-account, which can spend the account's money",
    "calls.payments.create": "collects a payment in a call",
    "calls.payments.update": "collects or ends a payment in a call",
    "calls.siprec.create": "streams the sound of a call to another company",
    "calls.streams.create": "streams the sound of a call to another server",
    "calls.transcriptions.create": "transcribes a call",
    "incoming_phone_numbers.assigned_add_ons.create": "adds a paid service to a phone number",
    "incoming_phone_numbers.local.create": "buys a phone number",
    "incoming_phone_numbers.mobile.create": "buys a phone number",
    "incoming_phone_numbers.toll_free.create": "buys a phone number",
    "messages.create": "sends a message",
    "tokens.create": "opens relays for media, which are paid for by use",
}

#: What a person has to agree to though it costs nothing by itself.
CONSEQUENCES = {
    "accounts.update": "renames, suspends or closes an account, and what is closed stays closed",
    "addresses.create": "stores an address of a person or a company with Twilio",
    "calls.user_defined_message_subscriptions.create": "sends messages of a call to another server",
    "calls.user_defined_messages.create": "sends a message to the application of a called client",
    "connect_apps.update": "changes what another company's application may do in the account",
    "messages.update": "cancels a message, or erases its text for good",
    "new_keys.create": "makes a key that opens the account",
    "new_signing_keys.create": "makes a key that signs in clients",
    "short_codes.update": "changes what answers a short code",
    "sip.credential_lists.credentials.create": "lets somebody sign in by SIP, and call",
    "sip.domains.create": "opens a SIP domain, by which others can call",
    "sip.domains.update": "changes what answers a SIP domain, and who may call there",
    "usage.triggers.create": "makes a trigger that requests a URL",
}

#: What changes something, and asks nobody.
HARMLESS = {
    "calls.siprec.update": "it can only end the stream of a call's sound",
    "calls.streams.update": "it can only end the stream of a call's sound",
    "calls.transcriptions.update": "it can only end the transcription of a call",
    "messages.feedback.create": "it reports that a message arrived",
}


def consent(name: str, verb: str) -> dict[str, str]:
    """The columns of the operation *verb* of the resource *name*."""
    operation = f"{name}.{verb}"
    if verb in ("list", "fetch"):
        return {}
    for column, reasons in (
        ("costs", COSTS),
        ("consequence", CONSEQUENCES),
        ("harmless", HARMLESS),
    ):
        if operation in reasons:
            return {column: reasons[operation]}
    thing = f"something of the account's {name.rpartition('.')[2].replace('_', ' ')}"
    does = {"create": "adds to", "update": "changes", "delete": "removes for good"}[verb]
    thing = thing if verb != "create" else thing.removeprefix("something of ")
    return {"consequence": f"{does} {thing}"}
