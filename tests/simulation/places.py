"""The table of places, ``simulation/webhooks/places.txt``: ``python -m tests.simulation.places`` writes it anew.

It comes from the geocoding data of the phonenumbers library that is installed, which is libphonenumber's.
"""

from __future__ import annotations

from collections import defaultdict
from importlib.metadata import version
from pathlib import Path

TABLE = Path(__file__).parents[2] / "twilio_magic" / "simulation" / "web" / "places.txt"
_HEAD = f"""\
# Places by what their phone numbers begin with: country code, place, digits after the country code.
# The geocoding data of libphonenumber, in English, arranged anew from phonenumbers {version("phonenumbers")}.
# Copyright The Libphonenumber Authors, licensed under the Apache License 2.0: see places.LICENSE.
"""


def table() -> str:
    """The text of the table."""
    from phonenumbers.geodata import GEOCODE_DATA

    rows: dict[tuple[int, str], list[str]] = defaultdict(list)
    for prefix, names in GEOCODE_DATA.items():
        if "en" in names:
            code, rest = _split(prefix)
            rows[code, names["en"]].append(rest)
    lines = (
        f"{code}\t{name}\t{' '.join(sorted(digits))}\n"
        for (code, name), digits in sorted(rows.items())
    )
    return _HEAD + "".join(lines)


def _split(prefix: str) -> tuple[int, str]:
    """The country code that *prefix* begins with, and the rest: no country code is the beginning of another."""
    from phonenumbers import COUNTRY_CODE_TO_REGION_CODE

    ends = (end for end in (1, 2, 3) if int(prefix[:end]) in COUNTRY_CODE_TO_REGION_CODE)
    end = next(ends)
    return int(prefix[:end]), prefix[end:]


if __name__ == "__main__":
    TABLE.write_text(table(), "utf-8")
