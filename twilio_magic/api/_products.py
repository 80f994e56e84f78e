"""Twilio's other products, by the names that a client of Twilio's own library has for them."""

from __future__ import annotations

from ..errors import UnknownName

_PRODUCTS = {
    "assistants": "AI Assistants",
    "bulkexports": "Bulk Exports",
    "chat": "Programmable Chat",
    "content": "Content",
    "conversations": "Conversations",
    "events": "Event Streams",
    "flex_api": "Flex",
    "frontline_api": "Frontline",
    "iam": "Identity and Access Management",
    "insights": "Voice Insights",
    "intelligence": "Conversational Intelligence",
    "ip_messaging": "Programmable Chat",
    "knowledge": "Knowledge",
    "lookups": "Lookup",
    "marketplace": "Marketplace",
    "memory": "Memory",
    "messaging": "Messaging Services",
    "monitor": "Monitor",
    "notify": "Notify",
    "oauth": "OAuth",
    "preview": "products in preview",
    "preview_iam": "products in preview",
    "pricing": "Pricing",
    "proxy": "Proxy",
    "routes": "Routes",
    "serverless": "Functions and Assets",
    "studio": "Studio",
    "supersim": "Super SIM",
    "sync": "Sync",
    "taskrouter": "TaskRouter",
    "trunking": "Elastic SIP Trunking",
    "trusthub": "Trust Hub",
    "verify": "Verify",
    "video": "Video",
    "voice": "the settings of Programmable Voice",
    "webhooks": "Webhooks",
    "wireless": "Programmable Wireless",
}


def other_product(name: str) -> UnknownName | None:
    """The error for *name*, if it is another product of Twilio's."""
    if name not in _PRODUCTS:
        return None
    return UnknownName(
        f"client.{name} is another API of Twilio's ({_PRODUCTS[name]}); this client has the one of calls, 2010-04-01.",
        hint="For that one take Twilio's own library: twilio.rest.Client.",
    )
