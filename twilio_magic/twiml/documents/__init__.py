"""Parsed documents: their elements, their problems, and the Python code that builds them."""
