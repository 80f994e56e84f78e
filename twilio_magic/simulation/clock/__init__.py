"""Simulated time: the clock, what drives it, and the lock around a world."""
