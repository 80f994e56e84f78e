"""The life of a call leg: how it begins, runs its TwiML, and ends."""
