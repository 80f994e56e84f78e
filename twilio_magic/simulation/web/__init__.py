"""Requests to web applications: what they say, how they travel, and what goes wrong with them."""
