"""Requests to web applications: what they say, how they travel, what an answer is, and Twilio's error codes."""
