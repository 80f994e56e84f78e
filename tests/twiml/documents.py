"""Documents made from the vocabulary, for property tests: all that Twilio takes, in any mixture."""

from __future__ import annotations

import string
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from hypothesis import strategies as st

from twilio_magic.twiml import AttributeRow, ElementRow, vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Attributes that another one may contradict; the tests of the codes have them.
_ENTANGLED = {
    ("Config", "name"),
    ("ConversationRelay", "speechModel"),
    ("ConversationRelay", "transcriptionProvider"),
    ("Dial", "callerId"),
    ("Dial", "recordingTrack"),
    ("Gather", "speechTimeout"),
    ("Header", "name"),
    ("Failover", "speechModel"),
    ("Failover", "transcriptionProvider"),
    ("Language", "speechModel"),
    ("Language", "transcriptionProvider"),
    ("Number", "machineDetection"),
    ("Pay", "bankAccountType"),
    ("Record", "maxLength"),
    ("Sip", "machineDetection"),
}
_LAYOUT = st.sampled_from(["", "\n", "\r\n", "\n\t", " ", "\n  <!-- 🍕 -->\n  ", "<?note x?>"])
_WORDS = st.text(string.ascii_letters + " äé🍕&<>'\"", min_size=1, max_size=20).map(
    lambda words: f"w{words}w"
)


@dataclass
class Node:
    """An element of a document in the making; *start* is set when it is written."""

    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    text: str = ""
    children: list[Node] = field(default_factory=list)
    gap: str = ""
    start: int = 0

    def all(self) -> Iterator[Node]:
        yield self
        for child in self.children:
            yield from child.all()

    def write(self, before: str = "") -> str:
        """The text of *before* and of this element, noting where each one starts."""
        self.start = len(before)
        pairs = "".join(f" {name}={quoteattr(value)}" for name, value in self.attributes.items())
        text = f"{before}<{self.name}{pairs}>{escape(self.text)}"
        for child in self.children:
            text = child.write(text + child.gap)
        return f"{text}</{self.name}>"


def _value(known: AttributeRow) -> st.SearchStrategy[str]:
    if known.type in {"enum", "voice", "language-tag", "enum-list", "boolean", "http-method"}:
        return _listed(known)
    if known.type in {"integer", "integer-list"}:
        least = int(known.min or 0)
        most = int(known.max) if known.max is not None else least + 100
        return st.integers(least, most).map(str)
    if known.type in {"float", "decimal"}:
        return st.just(f"{known.min or 0:g}")
    return st.sampled_from(_SAMPLES.get((known.element, known.name)) or _SAMPLES[known.type])


_CLOSED: dict[str, tuple[str, ...]] = {
    "boolean": ("true", "false"),
    "http-method": ("GET", "POST"),
}


def _listed(known: AttributeRow) -> st.SearchStrategy[str]:
    words = _CLOSED.get(known.type) or known.values or ("en-US",)
    if known.type == "voice":
        words = tuple(voice.name for voice in vocabulary().voices.values() if voice.language)
    if known.type == "enum-list":
        return st.lists(st.sampled_from(words), min_size=1, max_size=3, unique=True).map(" ".join)
    return st.sampled_from(words)


_SID = "0123456789abcdef" * 2
_SAMPLES: dict[object, tuple[str, ...]] = {
    "url": ("https://example.com/a?b=c&d=e#rc=2", "https://user:pw@example.com:8443/"),
    "string": ("plain", "1", "5"),
    "phone-number": ("+14155550100", "(415) 555-0100"),
    "caller-id": ("+14155550100",),
    "digits": ("1", "*"),
    "ssml-duration": ("500ms", "2s"),
    "sid": (f"CA{_SID}",),
    ("Enqueue", "workflowSid"): (f"WW{_SID}",),
    ("Queue", "reservationSid"): (f"WR{_SID}",),
    ("Queue", "postWorkActivitySid"): (f"WA{_SID}",),
    ("Number", "byoc"): (f"BY{_SID}",),
    ("Conversation", "serviceInstanceSid"): (f"IS{_SID}",),
    ("ConversationRelay", "url"): ("wss://example.com/relay",),
    ("Stream", "url"): ("wss://example.com/stream",),
    ("Gather", "speechModel"): ("phone_call", "deepgram_nova-2-medical"),
    ("Response", "version"): ("2010-04-01",),
    ("prosody", "volume"): ("loud", "+6dB"),
    ("prosody", "rate"): ("slow", "80%"),
    ("prosody", "pitch"): ("high", "+10%"),
}
_TEXTS = {
    "phone-number": ("+14155550100", " +44 20 7946 0000 "),
    "url": ("https://example.com/a.mp3", "/next"),
    "sip-uri": ("sip:ann@example.com", "sips:bob@example.com:5061;transport=tls?X-A=1"),
    "json": ('{"a": [1, 2]}',),
    "sid": (f"AP{_SID}",),
}


@st.composite
def attributes(draw: st.DrawFn, row: ElementRow, parent: str) -> dict[str, str]:
    """Attributes that Twilio takes for an element inside *parent*."""
    rules = row.contexts.get(parent, {})
    if "*" in rules.get("refused", ()):
        return {}
    free = [
        name
        for name, known in row.attributes.items()
        if (row.name, name) not in _ENTANGLED
        and known.status != "removed"
        and name not in rules.get("refused", ())
        and name not in rules.get("values", {})
    ]
    needed = {*row.required_attributes, *rules.get("required", ())}
    chosen = draw(st.sets(st.sampled_from(free), max_size=4)) if free else set()
    values = {n: draw(_value(row.attributes[n])) for n in row.attributes if n in chosen | needed}
    for entangled, value in _FIXED.items():
        if entangled in values:
            values[entangled] = value if row.name in {"Config", "Header"} else values[entangled]
    return values


_FIXED = {"name": "X-custom"}


@st.composite
def elements(draw: st.DrawFn, name: str, parent: str = "", depth: int = 4) -> Node:
    """An element called *name* as it may stand inside *parent*."""
    row = vocabulary().elements[name]
    node = Node(
        name, draw(attributes(row, parent)), gap=draw(_LAYOUT) if row.kind != "ssml" else ""
    )
    if row.name == "Config" and parent == "VirtualAgent":
        node.attributes["name"] = "voiceName"
    if row.text.policy != "forbidden":
        samples = _TEXTS.get(row.text.type or "")
        if name == "Sim":
            samples = (f"DE{_SID}",)
        node.text = draw(st.sampled_from(samples)) if samples else _fit(row, draw(_WORDS))
    children = draw(_children(row, parent)) if depth else []
    if row.mixing and children:
        node.text = ""
    node.children = [draw(elements(child, name, depth - 1)) for child in children]
    return node


def _fit(row: ElementRow, words: str) -> str:
    spoken = row.text.type in {"speech-text", "message-text", "conference-name", "queue-name"}
    return words if spoken else "plain-1"


@st.composite
def _children(draw: st.DrawFn, row: ElementRow, parent: str) -> list[str]:
    known = vocabulary().elements
    usable = [
        child
        for child in row.contexts.get(parent, {}).get("children", row.children)
        if (known[child].status != "removed" and child not in row.text.instead) or row.mixing
    ]
    usable = [child for child in usable if known[child].status != "removed"]
    if not usable:
        return []
    if row.mixing:
        kinds = draw(st.sampled_from(("text", "together", "alone")))
        if kinds == "text":
            return []
        if kinds == "alone":
            return [draw(st.sampled_from(row.mixing["alone"]))]
        return draw(st.lists(st.sampled_from(row.mixing["together"]), min_size=1, max_size=4))
    if row.nouns:
        return [draw(st.sampled_from(usable))]
    least = 1 if row.name in {"Refer", "Annotate", "Headers"} else 0
    most = 1 if row.occurs else 4
    return draw(st.lists(st.sampled_from(usable), min_size=least, max_size=most))


def documents() -> st.SearchStrategy[Node]:
    """Documents that Twilio would take."""
    return elements("Response")
