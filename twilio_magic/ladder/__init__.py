"""The ladder of a call: who sent what to whom, and when. Phones, Twilio and web applications stand side by side.

Plain records and their drawing as text. The simulator builds them, the client hands them on, the views draw them.
"""

from ._build import LegRecord, ladder
from ._cells import wrapped
from ._model import Ladder
from ._records import Arrow, Lifeline, Note, Step

__all__ = ["Arrow", "Ladder", "LegRecord", "Lifeline", "Note", "Step", "ladder", "wrapped"]
