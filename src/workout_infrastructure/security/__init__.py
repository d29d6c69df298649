"""Passwords, tokens and what the server knows of its callers."""
