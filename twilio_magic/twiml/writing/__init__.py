"""TwiML and Python: the builder, documents as Python code, templates."""
