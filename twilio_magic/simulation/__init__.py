"""An embedded stand-in for Twilio Voice: the REST API, calls on a virtual clock, phones with scripts, webhooks.

It knows nothing of notebooks. Only ``server.py`` opens a port and starts threads, when a world is served.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..scripts import Script, list_scripts, script
    from ._copy import copy_without_calls, copy_world
    from ._entrance import Entrance, find_entrance, find_mounted_address
    from ._load import load
    from ._mock import mock_twilio
    from ._simulator import Simulator
    from .faults._fault import FAULTS
    from .faults._faults import Faults
    from .legs._course import CallCourse, CourseStep
    from .messages._message import Message, MessageList
    from .mounts._following import Following
    from .mounts._function import WebhookRequest
    from .mounts._mounts import Mount, Mounts
    from .mounts._rehearsal import rehearse
    from .mounts._routes import choose_path, has_routes, list_routes
    from .mounts._socket import web_address
    from .mounts._unmounted import replace_mount_advice
    from .mounts._web import Mountable
    from .phones._conversation import HeardWord, hear_steps
    from .phones._dialed_names import tell_numbers
    from .phones._generator_script import Routine
    from .phones._person import Notice, Person
    from .phones._phones import Given, Phones, as_player
    from .phones._script_run import ScriptRun
    from .phones._successive_scripts import SuccessiveScripts
    from .verbs import list_simulated
    from .world._account import PROFILES, Number, Numbers
else:
    from ..front_door import open_front_door

    __getattr__, __dir__ = open_front_door(
        __name__,
        {
            "..scripts": "Script, list_scripts, script",
            "._copy": "copy_without_calls, copy_world",
            "._entrance": "Entrance, find_entrance, find_mounted_address",
            "._load": "load",
            "._mock": "mock_twilio",
            "._simulator": "Simulator",
            ".faults._fault": "FAULTS",
            ".faults._faults": "Faults",
            ".legs._course": "CallCourse, CourseStep",
            ".messages._message": "Message, MessageList",
            ".mounts._following": "Following",
            ".mounts._function": "WebhookRequest",
            ".mounts._mounts": "Mount, Mounts",
            ".mounts._rehearsal": "rehearse",
            ".mounts._routes": "choose_path, has_routes, list_routes",
            ".mounts._unmounted": "replace_mount_advice",
            ".mounts._socket": "web_address",
            ".mounts._web": "Mountable",
            ".phones._conversation": "HeardWord, hear_steps",
            ".phones._dialed_names": "tell_numbers",
            ".phones._generator_script": "Routine",
            ".phones._person": "Notice, Person",
            ".phones._phones": "Given, Phones, as_player",
            ".phones._script_run": "ScriptRun",
            ".phones._successive_scripts": "SuccessiveScripts",
            ".verbs": "list_simulated",
            ".world._account": "PROFILES, Number, Numbers",
        },
    )

__all__ = [
    "FAULTS",
    "PROFILES",
    "CallCourse",
    "CourseStep",
    "Entrance",
    "Faults",
    "Following",
    "Given",
    "HeardWord",
    "Message",
    "MessageList",
    "Mount",
    "Mountable",
    "Mounts",
    "Notice",
    "Number",
    "Numbers",
    "Person",
    "Phones",
    "Routine",
    "Script",
    "ScriptRun",
    "Simulator",
    "SuccessiveScripts",
    "WebhookRequest",
    "as_player",
    "choose_path",
    "copy_without_calls",
    "copy_world",
    "find_entrance",
    "find_mounted_address",
    "has_routes",
    "hear_steps",
    "list_routes",
    "list_scripts",
    "list_simulated",
    "load",
    "mock_twilio",
    "rehearse",
    "replace_mount_advice",
    "script",
    "tell_numbers",
    "web_address",
]
