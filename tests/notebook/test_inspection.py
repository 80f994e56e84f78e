"""Shift-Tab in a ``%%twiml`` cell, in a real kernel."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from jupyter_client.blocking.client import BlockingKernelClient
from jupyter_client.manager import start_new_kernel

SECONDS = 60


@pytest.fixture(scope="module")
def kernel() -> Iterator[BlockingKernelClient]:
    manager, client = start_new_kernel(kernel_name="python3")
    try:
        client.execute("%load_ext twilio_magic", reply=True, timeout=SECONDS)
        yield client
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def inspected(kernel: BlockingKernelClient, cell: str) -> str:
    """What Shift-Tab shows at the place of ``|`` in *cell*; empty for nothing."""
    reply = kernel.inspect(cell.replace("|", ""), cell.index("|"), reply=True, timeout=SECONDS)
    return str(reply["content"]["data"].get("text/plain", ""))


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("%%twiml\n<Response><Ga|ther/></Response>", "<Gather>"),
        ("%%twiml\n<Response>\n  <Gather numDi|gits='1'/>\n</Response>", "numDigits of <Gather>"),
        ("%%twiml\n<Response><Gather numDigits='1|'/></Response>", "numDigits of <Gather>"),
        ("%%twiml\n<Response><Say>Hi</Sa|y></Response>", "<Say>"),
        ("%%twiml\n<Response><Say voi|", "<Say>"),
        ("%%twiml\n<Response><Say voice='Pol|", "voice of <Say>"),
        ("%call +13105555555 --sta|tus-callback x", "--status-callback URL\n\nWhere the progress"),
        ("x = 1\n%call +13105555555 Status|Callback=x", "--status-callback URL"),
        ("%call +13105555555 --record|", "--record, --no-record"),
        ("%%twiml greeting --str|ict", "--strict"),
    ],
)
def test_an_element_or_attribute_is_described(
    kernel: BlockingKernelClient, cell: str, expected: str
) -> None:
    assert inspected(kernel, cell).startswith(expected)


@pytest.mark.parametrize(
    "cell", ["%%twiml\n<Response>te|xt</Response>", "%%twiml\n<Response><Gath|r/></Response>"]
)
def test_nothing_is_said_where_there_is_nothing_to_say(
    kernel: BlockingKernelClient, cell: str
) -> None:
    assert "Gather" not in inspected(kernel, cell)


def test_python_is_described_as_before(kernel: BlockingKernelClient) -> None:
    assert "Return the number of items" in inspected(kernel, "le|n")


def test_a_magics_docstring_is_shown(kernel: BlockingKernelClient) -> None:
    assert "Place a call" in inspected(kernel, "%call|")
