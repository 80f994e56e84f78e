"""What a live transcription does: the attributes of ``<Transcription>``, or what the parameters of the API say.

Source: Twilio's pages "TwiML Voice: Transcription" and "Transcription resource".
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from ...records import dataclass
from ...twiml import vocabulary
from ._spelling import drop_punctuation, mask_profanity, spell_as_hinted

if TYPE_CHECKING:
    from ..webhooks._target import WebhookTarget

BOTH_TRACKS = "both_tracks"
_MODEL = "speechModel"
#: The attributes that are for the provider.
_PROVIDER = ("profanityFilter", _MODEL, "enableAutomaticPunctuation", "hints")


@dataclass(frozen=True, slots=True)
class TranscriptionSpec:
    """The facts about live transcriptions, read from ``live_transcription.json``.

    *stability* is that of partial results, by engine; other engines tell none. *keeps_punctuation* names the engines
    that write punctuation although they should not, and *refused_models* has the models of an engine that it does not
    take here. The default of ``speechModel`` is that of one engine.
    """

    events: Mapping[str, str]
    partial_seconds: float
    stability: Mapping[str, float]
    keeps_punctuation: Collection[str]
    default_model_of: str
    refused_models: Mapping[str, Collection[str]]
    source: str = ""


@cache
def transcription_spec() -> TranscriptionSpec:
    """The table, read once."""
    text = files(__package__).joinpath("live_transcription.json").read_text("utf-8")
    return TranscriptionSpec(**json.loads(text))


@dataclass(frozen=True, slots=True)
class TranscriptionSettings:
    """The settings of a live transcription; *provider* has what is told to its engine, each value as it is written.

    *written_engine* is the one that was asked for, which may not exist. *callback* is told of every event.
    """

    name: str
    track: str
    engine: str
    written_engine: str
    language: str
    inbound_label: str
    outbound_label: str
    partial_results: bool
    provider: Mapping[str, str]
    callback: WebhookTarget | None

    @property
    def parameters(self) -> dict[str, str]:
        """What the callback of the start says of them."""
        return {
            "LanguageCode": self.language,
            "TranscriptionEngine": self.engine,
            "ProviderConfiguration": json.dumps(self.provider, ensure_ascii=False),
            "Name": self.name,
            "Track": self.track,
            "InboundTrackLabel": self.inbound_label,
            "OutboundTrackLabel": self.outbound_label,
            "PartialResults": str(self.partial_results).lower(),
        }

    @property
    def unknown_engine(self) -> str:
        """The engine that was asked for, if there is none of this name; else empty."""
        is_known = self.written_engine.casefold() == self.engine.casefold()
        return "" if is_known else self.written_engine

    @property
    def refused_model(self) -> str:
        """The speech model, if the engine does not take it; else empty."""
        model = self.provider.get(_MODEL, "")
        models: Mapping[str, Collection[str]] = vocabulary().document["speech_models"]
        if self.engine not in models:
            return ""
        of_others = tuple(
            prefix for other in models if other != self.engine for prefix in models[other]
        )
        refused = transcription_spec().refused_models.get(self.engine, ())
        return model if model in refused or model.startswith(of_others) else ""

    def hears(self, track: str) -> bool:
        """Whether what is said on *track* is transcribed."""
        return self.track in (BOTH_TRACKS, track)

    def spell(self, words: str) -> str:
        """*words* as the engine writes them."""
        written = spell_as_hinted(words, self.provider.get("hints"))
        if self.provider["profanityFilter"] == "true":
            written = mask_profanity(written)
        is_kept = (
            self.provider["enableAutomaticPunctuation"] == "true"
            or self.engine in transcription_spec().keeps_punctuation
        )
        return written if is_kept else drop_punctuation(written)


def read_transcription_settings(
    get: Callable[[str], Any], written: Mapping[str, str], callback: WebhookTarget | None
) -> TranscriptionSettings:
    """The settings whose values *get* knows by the names of the attributes; *written* has those that were given."""
    engine = str(get("transcriptionEngine")).casefold()
    return TranscriptionSettings(
        name=get("name") or "",
        track=get("track"),
        engine=engine,
        written_engine=written.get("transcriptionEngine", engine),
        language=get("languageCode"),
        inbound_label=get("inboundTrackLabel") or "",
        outbound_label=get("outboundTrackLabel") or "",
        partial_results=bool(get("partialResults")),
        provider=_provider_configuration(get, written, engine),
        callback=callback,
    )


def _provider_configuration(
    get: Callable[[str], Any], written: Mapping[str, str], engine: str
) -> dict[str, str]:
    """What the engine is told; the default model belongs to one engine, and is not told to another."""
    given = {name: get(name) for name in _PROVIDER}
    if _MODEL not in written and engine != transcription_spec().default_model_of:
        given[_MODEL] = None
    return {
        name: str(value).lower() if isinstance(value, bool) else value
        for name, value in given.items()
        if value is not None
    }
