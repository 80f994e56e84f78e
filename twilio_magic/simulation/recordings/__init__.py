"""Recordings of calls and conferences, and their media."""
