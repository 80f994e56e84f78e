"""URLs with holes in braces: Twilio's URL templates (``{CallSid}``) and the placeholders of TwiML Bins
(``{{From}}``).
"""

from __future__ import annotations

import re

from ._vocabulary import vocabulary

_PLACEHOLDER = re.compile(r"\{\{[^{}]*\}\}")
_TOKEN = re.compile(r"\{([^{}]*)\}")


def has_holes(url: str) -> bool:
    """Whether there are braces in *url*."""
    return "{" in url or "}" in url


def find_template_mistake(url: str) -> tuple[int, str] | None:
    """Find what is wrong with the braces in *url*: the error code and a message, or None.

    Twilio's dictionary: 11300 for a bad format, 11310 for an unknown token, 11320 for a bracket
    that is not closed.
    """
    codes = vocabulary().document["codes"]
    rest = _PLACEHOLDER.sub("", url)
    known = vocabulary().document["url_tokens"]
    for token in _TOKEN.findall(rest):
        if not token.strip():
            return codes["template"], f"the URL template {url} has empty brackets"
        if token not in known:
            return (
                codes["template_token"],
                f"{{{token}}} in {url} is no token of a URL template; known are {', '.join(known)}",
            )
    rest = _TOKEN.sub("", rest)
    if "{" in rest:
        return codes["template_bracket"], f"a bracket in the URL {url} is never closed"
    if "}" in rest:
        return codes["template"], f"the URL {url} closes a bracket that was never opened"
    return None


def fill_holes(url: str) -> str:
    """Fill the holes of *url* with a plain letter, so that the rest can be checked."""
    return _TOKEN.sub("x", _PLACEHOLDER.sub("x", url))
