"""Faults that are injected into webhooks on purpose."""
