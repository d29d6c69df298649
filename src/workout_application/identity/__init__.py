"""Accounts and sign-in: registering, logging in and out, profiles."""
