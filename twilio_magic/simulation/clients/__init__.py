"""Voice SDK clients: the access tokens that they sign in with, and which of them are registered."""
