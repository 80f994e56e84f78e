"""The ladder of a call, or of several that met: who sent what to whom, and when.

Phones, Twilio and web applications stand side by side. These are plain records and their drawing as text: the simulator
builds them, the client hands them on, the views draw them.
"""

from ._build import LegRecord, ladder
from ._cells import wrapped
from ._model import Ladder
from ._records import Arrow, Lifeline, Note, Step

__all__ = ["Arrow", "Ladder", "LegRecord", "Lifeline", "Note", "Step", "ladder", "wrapped"]
