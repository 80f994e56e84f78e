"""``config`` messages, with which an application changes the settings of its session."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ._messages import find_other_names, read_changes

if TYPE_CHECKING:
    from ..legs._verb import Verb
    from ._settings import RelaySettings


def change_settings(
    noun: Verb, settings: RelaySettings, message: Mapping[str, Any]
) -> RelaySettings:
    """The *settings* after a ``config`` *message*; the call of *noun* is told what changes nothing here."""
    changes = read_changes(message)
    known = {name: value for name, value in changes.items() if noun.simulates(name)}
    without = [*(name for name in changes if name not in known), *find_other_names(message)]
    for name in without:
        noun.record_event_once("not simulated", f"{name} in the message config")
    changed = settings.with_values(known)
    if "config-updated" in changed.events:
        noun.record_event_once("not simulated", "the message configUpdated")
    return changed
