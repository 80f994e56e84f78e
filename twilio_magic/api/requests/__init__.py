"""A request to the API: its parameters, their validation, and the same request as code."""
