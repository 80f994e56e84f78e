"""Phones: their scripts, and what the people at them hear and do."""
