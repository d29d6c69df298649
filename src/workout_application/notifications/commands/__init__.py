"""Telling users something, and noting that they read it."""
