"""Twilio's requests to web applications: delivery, signature, redirects, retries, answers, and error codes."""
