"""The reference page says what the tables say. ``python -m tests.api.test_reference`` writes it anew."""

from __future__ import annotations

from pathlib import Path

from twilio_magic.api import error_codes, operations, reference

PAGE = Path(__file__).parents[2] / "docs" / "calls-api.md"


def test_the_page_is_that_of_the_tables() -> None:
    assert PAGE.read_text("utf-8") == reference()


def test_the_page_has_every_parameter_and_every_code() -> None:
    text = reference()

    for operation in operations().values():
        if operation.described:
            assert f"| `{operation.name}` | `{operation.method} {operation.path}` |" in text
            continue
        assert f"## `{operation.name}`" in text
        for row in operation.parameters:
            assert f"| `{row.name}` | `{row.keyword}` |" in text
    for code in error_codes():
        assert f"[{code}](" in text


if __name__ == "__main__":
    PAGE.write_text(reference(), "utf-8")
