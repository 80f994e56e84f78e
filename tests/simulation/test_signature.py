"""The signature of webhooks, against the vectors that Twilio's own libraries are tested with."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from twilio.request_validator import RequestValidator
from werkzeug.datastructures import MultiDict

from twilio_magic.simulation.webhooks._signature import sign

VECTORS = json.loads(Path(__file__).with_name("signature_vectors.json").read_text("utf-8"))
POSITIVE, NEGATIVE = VECTORS["positive"], VECTORS["negative"]


def given(vector: dict[str, Any]) -> Any:
    """What a web framework hands to the validator: a form, or the body as it came."""
    if vector["params"] is None:
        return vector["body"]
    lists = {
        name: value if isinstance(value, list) else [value]
        for name, value in vector["params"].items()
    }
    return MultiDict(lists)


def signed(vector: dict[str, Any]) -> str:
    return sign(vector["url"], vector["params"] or {}, vector["auth_token"])


def names(vectors: list[dict[str, Any]]) -> list[str]:
    return [vector["id"] for vector in vectors]


@pytest.mark.parametrize("vector", POSITIVE, ids=names(POSITIVE))
def test_our_signature_is_twilios(vector: dict[str, Any]) -> None:
    """Some vectors are signed over the URL with its standard port; validators try both, a signer does not."""
    assert (signed(vector) == vector["signature"]) is vector.get("compute_equals", True)


@pytest.mark.parametrize("vector", POSITIVE, ids=names(POSITIVE))
def test_the_official_validator_accepts_what_is_signed(vector: dict[str, Any]) -> None:
    validator = RequestValidator(vector["auth_token"])
    accepted = validator.validate(vector["url"], given(vector), vector["signature"])
    understood = "sdk_validate" not in vector  # it mangles user:password@host:port

    assert accepted or not understood


@pytest.mark.parametrize("vector", NEGATIVE, ids=names(NEGATIVE))
def test_what_was_changed_on_the_way_is_refused(vector: dict[str, Any]) -> None:
    validator = RequestValidator(vector["auth_token"])
    changed_body = vector["params"] is None

    assert not validator.validate(vector["url"], given(vector), vector["signature"])
    assert (signed(vector) == vector["signature"]) is changed_body
