"""One process that speaks one text with the library of espeak-ng: the text comes in, samples of 16 bits go out.

The library goes on from its last sentence, so that the same text sounds a little different each time. A process of its
own always says it in the same way; and what goes wrong in there does not end the program. It imports nothing of ours:
``python _espeak_process.py LIBRARY DATA VOICES WORDS_A_MINUTE``. Source: the header ``speak_lib.h`` of espeak-ng.
"""

from __future__ import annotations

import ctypes
import sys

_SYNCHRONOUS, _DO_NOT_EXIT = 2, 0x8000
_RATE_PARAMETER, _UTF8, _FROM_CHARACTER = 1, 1, 1


def speak_once(library: str, data: str, voices: str, words_a_minute: str, text: bytes) -> bytes:
    """The sample rate in four bytes, and the samples of *text* in the first of *voices* that there is."""
    espeak = ctypes.CDLL(library)
    rate = espeak.espeak_Initialize(_SYNCHRONOUS, 0, data.encode(), _DO_NOT_EXIT)
    samples: list[bytes] = []

    def take(sound: int | None, count: int, _: object) -> int:
        if sound and count > 0:
            samples.append(ctypes.string_at(sound, 2 * count))
        return 0

    kind = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)
    taken = kind(take)
    espeak.espeak_SetSynthCallback(taken)
    for voice in voices.split(","):
        if espeak.espeak_SetVoiceByName(voice.encode()) == 0:
            break
    espeak.espeak_SetParameter(_RATE_PARAMETER, int(words_a_minute), 0)
    size = ctypes.c_size_t(len(text) + 1)
    espeak.espeak_Synth(text, size, 0, _FROM_CHARACTER, 0, _UTF8, None, None)
    espeak.espeak_Synchronize()
    return int(rate).to_bytes(4, "little") + b"".join(samples)


if __name__ == "__main__":
    _, _library, _data, _voices, _words_a_minute = sys.argv
    _said = speak_once(_library, _data, _voices, _words_a_minute, sys.stdin.buffer.read())
    sys.stdout.buffer.write(_said)
