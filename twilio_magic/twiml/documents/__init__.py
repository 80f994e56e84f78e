"""Documents that were read: their elements, their problems, and the Python code that builds them."""
