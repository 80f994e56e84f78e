"""A secret is masked in whatever repeats it: in pieces, in capitals, in encodings inside of others."""

from __future__ import annotations

import json
from html import escape
from urllib.parse import quote

from hypothesis import given
from hypothesis import strategies as st

from tests.live.test_secrets import ENCODINGS, decoded, pieces
from tests.scripts import like_twilios
from twilio_magic.secret import Secret

_AROUND = st.text(max_size=30)
_OUTER = (str, json.dumps, escape, lambda text: quote(text, safe=""))


@given(like_twilios, st.sampled_from(list(ENCODINGS)), st.sampled_from(_OUTER), _AROUND, _AROUND)
def test_no_piece_is_left_whatever_is_around_it(
    secret: str, way: str, outer: object, before: str, after: str
) -> None:
    assert callable(outer)
    echo = outer(f"{before} {ENCODINGS[way](secret)} {after}")
    masked = Secret(secret).mask_in(echo)

    assert "•••" in masked
    assert [each for each in pieces(secret.lower()) if each in decoded(masked)] == []


@given(like_twilios, st.text())
def test_other_texts_stay_as_they_are(secret: str, text: str) -> None:
    assert Secret(secret).mask_in(text) == text


@given(like_twilios, st.binary())
def test_other_bytes_stay_as_they_are(secret: str, content: bytes) -> None:
    assert Secret(secret).hidden_in(content) == content


def test_a_short_secret_is_masked_as_it_is() -> None:
    assert Secret("hush").mask_in("Be hushed.") == "Be •••ed."
    assert Secret("").mask_in("Be hushed.") == "Be hushed."
