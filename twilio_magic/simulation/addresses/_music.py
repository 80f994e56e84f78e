"""The music of Twilio's public buckets, which conferences and samples name: silence under the names of the files.

Source: Twilio's page "TwiML Voice: Conference" (waitUrl) for the buckets; the names of files are those that public
applications play.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from ._not_found import answer_not_found
from ._tune import silent_mp3

_SECONDS = 30
#: A bucket in the host, or in front of the path.
_BUCKET_HOST = re.compile(
    r"(com\.twilio\.(?:music|sounds)\.[a-z-]+)\.s3(?:[.-][a-z0-9-]+)?\.amazonaws\.com"
)
_S3_HOST = re.compile(r"s3(?:[.-][a-z0-9-]+)?\.amazonaws\.com")
_BUCKET_PATH = re.compile(r"/(com\.twilio\.(?:music|sounds)\.[a-z-]+)(/.*)?")

#: The music of each bucket, in the order in which the Twimlet plays it.
_MUSIC = {
    "com.twilio.music.classical": (
        "BusyStrings.mp3",
        "ClockworkWaltz.mp3",
        "ith_brahms-116-4.mp3",
        "ith_chopin-15-2.mp3",
        "MARKOVICHAMP-Borghestral.mp3",
        "Mellotroniac_-_Flight_Of_Young_Hearts_Flute.mp3",
        "oldDog_-_endless_goodbye_(instr.).mp3",
    ),
    "com.twilio.music.ambient": (
        "aerosolspray_-_Living_Taciturn.mp3",
        "gurdonark_-_Exurb.mp3",
        "gurdonark_-_Plains.mp3",
    ),
    "com.twilio.music.electronica": (
        "Kaer_Trouz_-_Seawall_Stepper.mp3",
        "spenceyb_-_O-T-S-H-T_(Razma_World_IV_Remix).mp3",
        "teru_-_110_Downtempo_Electronic_4.mp3",
    ),
    "com.twilio.music.guitars": ("Pitx_-_A_Thought.mp3", "Pitx_-_Long_Winter.mp3"),
    "com.twilio.music.rock": (
        "jlbrock44_-_Apologize_Guitar_Deep_Fried.mp3",
        "jlbrock44_-_Apologize_Guitar_DropC.mp3",
        "nickleus_-_original_guitar_song_200907251723.mp3",
    ),
    "com.twilio.music.soft-rock": (
        "Fireproof_Babies_-_Melancholy_4_a_Sun-lit_day.mp3",
        "_ghost_-_promo_2_sample_pack.mp3",
        "jacksontorreal_-_The_First_Sunny_Sky.mp3",
        "Per_-_Joachim_-_Instrumental.mp3",
        "tazzista_-_Cecil_Helen_instrumental_loop_pack_105_C.mp3",
    ),
    "com.twilio.sounds.music": (
        "ClockworkWaltz.mp3",
        "MARKOVICHAMP-B8.mp3",
        "MARKOVICHAMP-Borghestral.mp3",
    ),
}
#: What the Twimlet of conferences calls them.
_BUCKET = "com.twilio.music."
STYLES = {name.removeprefix(_BUCKET): name for name in _MUSIC if name.startswith(_BUCKET)}


def music_of(bucket: str) -> list[str]:
    """The addresses of the files in *bucket*; none for a bucket that is not Twilio's."""
    return [
        f"http://{bucket}.s3.amazonaws.com/{quote(name, safe='()')}"
        for name in _MUSIC.get(bucket, ())
    ]


def is_music(host: str, path: str) -> bool:
    """Whether an address is in one of Twilio's buckets of music, in one of S3's two forms."""
    return bool(
        _BUCKET_HOST.fullmatch(host) or (_S3_HOST.fullmatch(host) and _BUCKET_PATH.fullmatch(path))
    )


def answer_music(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """Answer, as a web application, with a sound at every address that ends with ``.mp3``, and a document of all.

    Twilio's buckets have more files than are known here.
    """
    from werkzeug import Response

    bucket, path = _place(environ["SERVER_NAME"], environ["PATH_INFO"])
    if path.endswith(".mp3"):
        response = Response(silent_mp3(_SECONDS), mimetype="audio/mpeg")
    elif path == "/index.xml" and bucket in _MUSIC:
        played = "".join(f"<Play>{url}</Play>" for url in music_of(bucket))
        response = Response(f"<Response>{played}<Redirect/></Response>", mimetype="text/xml")
    else:
        sentence = f"of the bucket {bucket} the simulator has files that end with .mp3 only"
        return answer_not_found(environ, start_response, sentence)
    return response(environ, start_response)


def _place(host: str, path: str) -> tuple[str, str]:
    """The bucket, and the path inside it."""
    if found := _BUCKET_HOST.fullmatch(host):
        return found[1], path
    found = _BUCKET_PATH.fullmatch(path)
    return (found[1], found[2] or "/") if found else ("", path)
