"""How voice agents are rehearsed in a simulated world: what their answers cost, and how words sound."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .audio._voices import read_voices
from .clock._open_work import PATIENCE
from .world._reply_time import read_reply_time, read_seconds

if TYPE_CHECKING:
    from .audio._voices import Voices
    from .world._reply_time import ReplyTime
    from .world._world import World


class AgentSettings:
    """Settings for voice agents, which a world that begins anew keeps."""

    _world: World
    _reply_time: ReplyTime = "free"
    _patience: float = PATIENCE
    _voices: Voices = "auto"

    def _set_agent_settings(self) -> None:
        """Let them hold in a new world."""
        world = self._world
        world.reply_time, world.waiting_time.seconds = self._reply_time, self._patience
        world.voices = self._voices

    @property
    def reply_time(self) -> ReplyTime:
        """What the thinking of a voice agent costs in simulated time: ``"free"``, seconds, or ``"measured"``.

        Setting it to anything else raises :class:`SimulatorError`.
        """
        return self._world.reply_time

    @reply_time.setter
    def reply_time(self, cost: ReplyTime) -> None:
        self._world.reply_time = self._reply_time = read_reply_time(cost)

    @property
    def patience(self) -> float:
        """How many real seconds an application is waited for that owes something, however it is mounted: 10, or as set.

        Simulated time stands still meanwhile, and goes on then, which the timeline tells. What it owes is an answer to
        a caller, or what its threads and sockets bring. An answer that comes in many parts has twelve times as long.
        Webhooks have time limits of their own, those of Twilio. Setting it to what is no such time raises
        :class:`SimulatorError`.
        """
        return self._world.waiting_time.seconds

    @patience.setter
    def patience(self, seconds: float) -> None:
        self._world.waiting_time.seconds = self._patience = read_seconds(seconds)

    @property
    def voices(self) -> Voices:
        """Who speaks where the sound of words is needed, for Media Streams: ``"auto"``, a synthesizer if one is
        installed (``pip install "twilio-magic[speech]"``), or ``"noise"``, as it is without one.

        Setting it to anything else raises :class:`SimulatorError`.
        """
        return self._world.voices

    @voices.setter
    def voices(self, voices: Voices) -> None:
        self._world.voices = self._voices = read_voices(voices)
