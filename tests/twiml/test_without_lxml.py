"""Where lxml is not installed, Python's own parser reads documents, and everything that is said of them stays the same.

`make test` runs all tests of this folder with each of the two; here they are compared over texts with mistakes in them.
"""

from __future__ import annotations

import json
import random
import re
import subprocess
import sys
from pathlib import Path

from twilio_magic import twiml
from twilio_magic.errors import NotXml

_DOCUMENT = re.compile(r"<Response.*?</Response>", re.DOTALL)
_TELL = """
import json, sys
import tests.without_lxml
from tests.twiml.test_without_lxml import tell
json.dump([tell(text) for text in json.load(sys.stdin)], sys.stdout)
"""
#: What makes a text no XML, or other XML.
PIECES = (
    *("<", "</", "/>", ">", "&", "&amp;", "&#65;", "&#0;", "&#x110000;", "&foo;", "'", '"', "="),
    *("<!--x-->", "<!---->", "--", "-->", "<?pi x?>", "<![CDATA[a<b]]>", "]]>", "\r\n", "\r", "\t"),
    *(
        "\x01",
        "é",
        "\u200b",
        "\ufeff",
        "<Say>",
        "</Say>",
        "<Response>",
        "</Response>",
        "<1>",
        "<-a>",
    ),
    *(
        "<!DOCTYPE a>",
        "<!doctype a>",
        "<?xml version='1.0'?>",
        "{x}",
        "<q:Say>",
        "<q:a xmlns:q='u'/>",
    ),
    *(' a="1"', ' xml:lang="de"', ' xmlns="u:x"', ' xmlns:q="u:q"', ' q:v="1"'),
)


def tell(text: str) -> list[object]:
    """What is said of *text*, and how its elements are read and written."""
    try:
        document = twiml.parse(text)
    except NotXml as error:
        return [str(error)]
    problems = [[str(each), each.line, each.column] for each in twiml.check(text)]
    elements = [
        [each.line, each.column, each.text, dict(each.attributes), each.markup]
        for each in document.root.descend()
    ]
    return [problems, elements]


def _tell_without_lxml(texts: list[str]) -> list[object]:
    run = subprocess.run(
        [sys.executable, "-c", _TELL],
        input=json.dumps(texts),
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
    )
    told: list[object] = json.loads(run.stdout)
    return told


def _write_texts() -> list[str]:
    """Documents of the tests, with up to three mistakes each, always the same."""
    pages = sorted(Path(__file__).parent.glob("*.py"))
    documents = sorted({each for page in pages for each in _DOCUMENT.findall(page.read_text())})
    chance = random.Random(19)  # noqa: S311 - not a secret
    return [_spoil(document[:1500], chance) for document in documents for _ in range(6)]


def _spoil(text: str, chance: random.Random) -> str:
    for _ in range(chance.randrange(4)):
        at = chance.randrange(len(text) + 1)
        inserted = chance.choice([*PIECES, ""])
        text = text[:at] + inserted + text[at + (0 if inserted else chance.randrange(1, 9)) :]
    return text


def test_the_same_is_said_of_documents_with_mistakes_whichever_parser_reads_them() -> None:
    texts = _write_texts()
    here = json.loads(json.dumps([tell(text) for text in texts]))
    differing = [
        (text, one, other)
        for text, one, other in zip(texts, here, _tell_without_lxml(texts), strict=True)
        if one != other and not _is_of_a_later_edition(text, other)
    ]
    assert len(texts) > 700
    assert sum(len(each) == 1 for each in here) > len(texts) // 4, "few are no XML"
    assert differing == []


def _is_of_a_later_edition(text: str, told: object) -> bool:
    """Whether a name has a character that came with the fifth edition of XML, which expat does not know."""
    return any(each in text for each in "\u200b\ufeff") and "invalid token" in str(told)


def test_entities_of_ones_own_are_refused_before_anything_is_made_of_them() -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<!DOCTYPE r [<!ENTITY l0 "ha">{laughs}]><Response><Say>&l9;</Say></Response>'
    outside = '<!DOCTYPE r SYSTEM "file:///etc/passwd"><Response/>'
    late = f"<!-- x --><?y z?>{bomb}"
    lower = bomb.replace("DOCTYPE", "doctype")
    deep = f"<Response>{'<Say>' * 500}{'</Say>' * 500}</Response>"
    huge = f"<Response><Say>{'x' * 70_000}</Say></Response>"
    texts = [bomb, outside, late, lower, deep, huge]
    told = _tell_without_lxml(texts)
    assert told == [tell(text) for text in texts]
    assert all(len(each) == 1 for each in told if isinstance(each, list))
