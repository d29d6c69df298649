"""Accounts and sign-in over HTTP."""
