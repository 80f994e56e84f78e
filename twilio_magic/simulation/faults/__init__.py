"""Fault injection: webhooks that fail on purpose."""
