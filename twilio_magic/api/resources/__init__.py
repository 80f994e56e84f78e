"""The resources of the API and their collections."""
