"""Conferences: participants, their events, hold music, announcements and recordings."""
