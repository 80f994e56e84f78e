"""Recordings: what they keep of a call, and their media."""
