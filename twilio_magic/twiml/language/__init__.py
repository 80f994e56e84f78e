"""The language TwiML: its vocabulary and its values, and the XML that it is written in."""
