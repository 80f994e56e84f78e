"""Speech takes time: by words, language, voice and SSML."""

from __future__ import annotations

from itertools import pairwise

import pytest

from twilio_magic.twiml import Element, chosen_language, parse, speak_text, speech, vocabulary

TEXT = "Thank you for calling. Your call is important to us, so please stay on the line."


def say(inside: str, attributes: str = "") -> Element:
    return parse(f"<Response><Say {attributes}>{inside}</Say></Response>").verbs[0]


def test_speech_is_about_150_words_a_minute_in_english() -> None:
    minute = speak_text(" ".join([TEXT] * 9))

    assert len(minute.words) == 144
    assert 50 < minute.seconds < 70
    assert (minute.language, minute.voice) == ("en-US", "man")


def test_a_voice_whose_name_has_no_language_speaks_its_own() -> None:
    """Every voice has a language but the basic ones, which speak the one that the document names."""
    silent = {voice.name for voice in vocabulary().voices.values() if voice.language is None}
    hans = speech(say("Guten Tag, hier ist das Hotel.", 'voice="Polly.Hans"'))

    assert silent == {"man", "woman", "alice"}
    assert hans.language == "de-DE"
    assert chosen_language(say("Guten Tag", 'voice="Polly.Hans"')) == "de-DE"
    assert (
        hans.seconds
        == speech(
            say("Guten Tag, hier ist das Hotel.", 'voice="Polly.Hans" language="de-DE"')
        ).seconds
    )
    assert (
        hans.seconds > speech(say("Guten Tag, hier ist das Hotel.", 'voice="Polly.Joey"')).seconds
    )
    assert speak_text("Konnichiwa", voice="Polly.Mizuki").language == "ja-JP"


def test_words_follow_each_other_and_end_with_the_speech() -> None:
    words = speech(say(TEXT)).words

    assert [word.text for word in words] == TEXT.split()
    assert words[0].start == 0
    assert all(a.end <= b.start for a, b in pairwise(words))
    assert speech(say(TEXT)).text_until(0.8) == "Thank you for"


def test_ssml_counts() -> None:
    plain = speech(say("one two three")).seconds

    assert speech(say('one <break time="1500ms"/>two three')).seconds == pytest.approx(plain + 1.5)
    assert speech(say('<prosody rate="50%">one two three</prosody>')).seconds > plain * 1.8
    assert speech(say('<prosody rate="x-fast">one two three</prosody>')).seconds < plain
    assert speech(say('<sub alias="World Wide Web">WWW</sub>')).text == "World Wide Web"
    spelled = speech(say('<say-as interpret-as="characters">ABCDEF</say-as>'))
    assert spelled.seconds > speech(say("ABCDEF")).seconds


@pytest.mark.parametrize("time", ["soon", "1m", "5", "-1s", "11s", ""])
def test_a_break_whose_time_is_no_duration_lasts_as_long_as_one_without(time: str) -> None:
    plain = speech(say("one <break/> two")).seconds

    assert speech(say(f'one <break time="{time}"/> two')).seconds == plain


def test_the_language_comes_from_the_attribute_or_from_the_voice() -> None:
    assert speech(say("Hallo", 'voice="Google.de-DE-Standard-B"')).language == "de-DE"
    assert speech(say("Hola", 'language="es-MX"')).language == "es-MX"


def test_languages_without_blanks_are_counted_by_characters() -> None:
    spoken = speech(say("感謝您的來電請稍候", 'language="cmn-TW"'))

    assert 1.5 < spoken.seconds < 4


def test_nothing_takes_no_time() -> None:
    assert speech(say("  ")).seconds == 0
    assert speech(say("  ")).words == ()
