"""The rules of TwiML: one module a family of checks."""
