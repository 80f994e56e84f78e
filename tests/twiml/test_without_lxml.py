"""Where lxml is not installed, Python's own parser reads documents, and everything that is said of them stays the same.

`make test` runs all tests of this folder with each of the two; here they are compared over texts with mistakes in them.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path
from xml.parsers import expat

from twilio_magic import twiml
from twilio_magic.errors import NotXml

_DOCUMENTS = (
    "<Response><Say voice='alice' loop='x'>Hi &amp; welcome.</Say><Dial>+13105555555</Dial></Response>",
    """<?xml version="1.0" encoding="UTF-8"?>\n<!-- a menu -->\n<Response>
  <Gather numDigits="1" action="key"><Say>Press <break time="1s"/> 1.</Say></Gather>
  <Say>Bye</Say>\n</Response>""",
    "<Response>\r\n\t<Say><lang xml:lang='de-DE'>Grüß Gott</lang> 😀</Say>\r\n\t<Pauze length='2'/></Response>",
    "<q:Response xmlns:q='urn:q' xmlns='urn:none'><Say q:own='1' a='x&#10;y'>words</Say><q:Say/> tail </q:Response>",
    "<Response><Play><![CDATA[https://example.com/a?b=1&c=2]]></Play> stray <?pi?> text <Hangup/><Say/></Response>",
    "<Response><Enqueue waitUrl=''>a \"queue\" > b</Enqueue><Record maxLength='0' transcribe='true'/></Response>",
)
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


def _tell_without_lxml(texts: list[str]) -> list[list[object]]:
    run = subprocess.run(
        [sys.executable, "-c", _TELL],
        input=json.dumps(texts),
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
    )
    told: list[list[object]] = json.loads(run.stdout)
    return told


def _write_texts() -> list[str]:
    """Documents with up to three mistakes each, always the same."""
    chance = random.Random(19)  # noqa: S311 - not a secret
    return [_spoil(document, chance) for document in _DOCUMENTS for _ in range(150)]


def _spoil(text: str, chance: random.Random) -> str:
    for _ in range(chance.randrange(4)):
        at = chance.randrange(len(text) + 1)
        inserted = chance.choice([*PIECES, ""])
        text = text[:at] + inserted + text[at + (0 if inserted else chance.randrange(1, 9)) :]
    return text


def test_the_same_is_said_of_documents_with_mistakes_whichever_parser_reads_them() -> None:
    texts = _write_texts()
    here = [tell(text) for text in texts]
    pairs = list(zip(texts, json.loads(json.dumps(here)), _tell_without_lxml(texts), strict=True))
    differing = [(text, one, other) for text, one, other in pairs if one != other]
    surprising = [each for each in differing if not _are_a_parsers_own_words(*each[1:])]
    assert sum(len(each) == 1 for each in here) > len(texts) // 4, "few are no XML"
    assert surprising == []
    assert len(differing) < len(texts) // 15


def _are_a_parsers_own_words(of_lxml: list[object], told: list[object]) -> bool:
    """Whether the text is refused in expat's words: for a mistake that our own scan does not name, such as in an XML
    declaration, or for a name with a character that came with the fifth edition of XML. Or in lxml's, which knows how
    the address of a namespace is written.
    """
    words = map(expat.ErrorString, range(1, 45))
    is_of_expat = any(f"well-formed XML: {each} (line" in str(told[0]) for each in words)
    return is_of_expat or "is not a valid URI" in str(of_lxml[0])


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
    assert all(len(each) == 1 for each in told)
