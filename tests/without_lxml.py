"""A plugin of pytest: twilio_magic finds no lxml, as in a browser; tests that compare with lxml still do."""

from __future__ import annotations

import sys

_kept = sys.modules.pop("lxml", None)
sys.modules["lxml"] = None  # type: ignore[assignment]  # Python's own way to have an import fail
from twilio_magic import twiml  # noqa: E402

for each in twiml.__all__:
    getattr(twiml, each)  # loads the module that has it

del sys.modules["lxml"]
if _kept is not None:
    sys.modules["lxml"] = _kept

assert twiml.Node.__module__.endswith("_expat_nodes")
