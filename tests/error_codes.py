"""The page docs/error-codes.md: every error code of the tables. ``python -m tests.error_codes`` writes it anew."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from twilio_magic.api import error_codes
from twilio_magic.twiml import vocabulary

PAGE = Path(__file__).parents[1] / "docs" / "error-codes.md"
_HEAD = """\
# Error codes

Every code that the checker, the simulator and the client know, from their tables. Source: Twilio's page "Error and
Warning Dictionary"; each number links to its page there.

## In documents and calls

*error*: Twilio fails. *warning*: Twilio logs it and goes on. Where: in a *document*, as `tm.check` sees it; while a
document is *fetched* from an application; *in the call*; or *elsewhere*, by another product of Twilio.

| code | level | where | what it means |
|---|---|---|---|
"""
_API = """
## From the Calls API

The answers of the API, with their HTTP status, and what is only logged.

| code | HTTP | what happened | what to do |
|---|---|---|---|
"""
_TWILIO = "https://www.twilio.com/docs/errors"
_WHERE = {
    "static": "document",
    "document": "document",
    "fetch": "fetched",
    "runtime": "in the call",
    "other-product": "elsewhere",
}


def page() -> str:
    """The text of the page."""
    return _HEAD + "\n".join(_of_documents()) + "\n" + _API + "\n".join(_of_the_api()) + "\n"


def _of_documents() -> Iterator[str]:
    for code, row in sorted(vocabulary().codes.items()):
        meaning = _plain(row.meaning)
        yield f"| [{code}]({_TWILIO}/{code}) | {row.level} | {_WHERE[row.seen]} | {meaning} |"


def _of_the_api() -> Iterator[str]:
    for code, row in sorted(error_codes().items()):
        status = row.status or "logged"
        yield f"| [{code}]({row.more_info}) | {status} | {_plain(row.meaning)} | {_plain(row.hint or '')} |"


def _plain(text: str) -> str:
    """*text* for a cell of a table, in which markup means nothing."""
    return text.replace("|", "\\|").replace("<", "\\<")


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
