"""The phone numbers that can be bought: the same for each seed, country, type and pattern.

In North America they are 555-0100 to 555-0199 of each area code, which nobody has. Only where the wanted digits are not
among these, and in other countries, they are numbers that may be real: what ``phonenumbers`` calls valid.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from functools import cache
from hashlib import sha256
from importlib.resources import files
from itertools import chain, islice
from typing import Any

from ...records import dataclass

_NORTH_AMERICA = 1
_FICTIONAL = range(100, 200)
_TRIES = 400  # at other numbers like one example, before there are none
_STARTS = 20  # area codes to begin such numbers with
_VARIED = 4  # digits at the end of an example that make other numbers of it
#: The keys of a phone with their letters.
_KEYS = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "22233344455566677778889999")


@dataclass(frozen=True, slots=True)
class Offer:
    """What can be bought: numbers of one *kind*, such as ``Local``, in one *country*.

    *area_code* is that of a number of North America; empty for any.
    """

    seed: int
    country: str
    kind: str
    area_code: str = ""

    @property
    def is_open(self) -> bool:
        """Whether there are numbers of this kind in the country."""
        return bool(self._types) and (self._is_north_american or self._example() is not None)

    def numbers(self, contains: str = "") -> Iterator[str]:
        """Numbers in E.164 form that *contains* fits: digits, letters of keys, and ``*`` for any digit."""
        pattern = contains.upper().translate(_KEYS).lstrip("+").replace("*", "[0-9]")
        found = (each for each in self._all(contains) if re.search(pattern, each))
        return islice(dict.fromkeys(islice(found, 10 * offers()["most"])), offers()["most"])

    def _all(self, contains: str) -> Iterator[str]:
        if not self._types:
            return iter(())
        if not self._is_north_american:
            return self._vary(self._example(), contains)
        fictional = list(self._fictional(contains))
        if fictional:
            return iter(fictional)
        starts = (f"{code}5550100" for code in self._area_codes()[:_STARTS])
        return chain.from_iterable(self._vary(start, contains) for start in starts)

    def _fictional(self, contains: str) -> Iterator[str]:
        """555-0100 to 555-0199 of each area code that there is, those that fit *contains*."""
        wanted = re.compile(contains.upper().translate(_KEYS).lstrip("+").replace("*", "[0-9]"))
        first = self._draw("first") % len(_FICTIONAL)
        lines = [*_FICTIONAL[first:], *_FICTIONAL[:first]]
        codes = self._area_codes()
        numbers = (f"+1{code}555{line:04}" for line in lines for code in codes)
        return (each for each in numbers if wanted.search(each))

    def _vary(self, example: str | None, contains: str) -> Iterator[str]:
        """Valid numbers like the national *example*, with the wanted digits at their end."""
        if example is None:
            return
        wanted = contains.upper().translate(_KEYS)
        room = len(example) - len(wanted)
        if room < 0:
            return
        kept = example[: max(room - _VARIED, min(len(self.area_code) or 2, room))]
        free = room - len(kept)
        for attempt in range(_TRIES):
            digits = f"{self._draw(f'{kept} {attempt}'):040}"
            tail = "".join(
                digits[place] if char == "*" else char for place, char in enumerate(wanted)
            )
            national = kept + digits[-free:] * bool(free) + tail
            number = f"+{self._calling_code}{national}"
            if _is_valid(number, self.country, self._types):
                yield number

    def _area_codes(self) -> Sequence[str]:
        """The area codes to look at, in an order that depends on the seed."""
        if self.kind == "TollFree":
            codes: Sequence[str] = offers()["toll_free_area_codes"]
        else:
            codes = area_codes(self.country)
        if self.area_code:
            return [code for code in codes if code == self.area_code]
        return sorted(codes, key=self._draw)

    @property
    def _types(self) -> Sequence[str]:
        types: Sequence[str] = offers()["types"][self.kind]
        is_open = self.kind in ("Local", "TollFree") or not self._is_north_american
        return types if is_open else ()

    @property
    def _calling_code(self) -> int:
        from phonenumbers import country_code_for_region

        return int(country_code_for_region(self.country))

    @property
    def _is_north_american(self) -> bool:
        return self._calling_code == _NORTH_AMERICA

    def _example(self) -> str | None:
        """A national number of this kind, as ``phonenumbers`` knows one for each."""
        import phonenumbers

        for name in self._types:
            kind = getattr(phonenumbers.PhoneNumberType, name)
            example = phonenumbers.example_number_for_type(self.country, kind)
            if example is not None and _is_valid(_e164(example), self.country, self._types):
                return str(phonenumbers.national_significant_number(example))
        return None

    def _draw(self, text: str) -> int:
        """A large number that depends on the seed, the country, the kind and *text* alone."""
        name = f"{self.seed}:{self.country}:{self.kind}:{text}"
        return int(sha256(name.encode()).hexdigest()[:32], 16)


@cache
def offers() -> Any:
    """The countries, the types of numbers, and how many of them one search finds."""
    return json.loads(files(__package__).joinpath("available_numbers.json").read_text("utf-8"))


@cache
def area_codes(country: str) -> Sequence[str]:
    """The area codes of a country of North America."""
    local = offers()["types"]["Local"]
    codes = map(str, range(200, 1000))
    return [code for code in codes if _is_valid(f"+1{code}5550100", country, local)]


def _is_valid(number: str, country: str, types: Sequence[str]) -> bool:
    import phonenumbers

    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return False
    kinds = [getattr(phonenumbers.PhoneNumberType, name) for name in types]
    return (
        phonenumbers.is_valid_number(parsed)
        and phonenumbers.region_code_for_number(parsed) == country
        and phonenumbers.number_type(parsed) in kinds
    )


def _e164(number: Any) -> str:
    import phonenumbers

    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
