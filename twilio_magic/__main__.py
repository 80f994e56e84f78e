"""``python -m twilio_magic``."""

import sys

from .cli import main

sys.exit(main())
