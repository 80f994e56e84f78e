"""How requests reach Twilio or the simulator: credentials, retries, responses."""
